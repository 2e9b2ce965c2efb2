namespace XQr.Testing;

/// <summary>Finds files of the checkout from which the tests were built.</summary>
public static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Returns the path of a file or folder of the checkout.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "XQrServerless.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests must run in a checkout.");
    }
}
