namespace XQr.Server.Azurite;

/// <summary>The Node packages that <c>package.json</c> at the root of the checkout pins.</summary>
internal static class NodePackages
{
    /// <summary>Finds the folder that holds <c>package.json</c>, with <c>node_modules</c> beside it.</summary>
    /// <param name="progress">Where the installation reports.</param>
    /// <param name="cancellationToken">Ends the installation.</param>
    /// <returns>The folder's full path.</returns>
    public static Task<string> EnsureInstalledAsync(TextWriter progress, CancellationToken cancellationToken = default)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "package.json")))
        {
            folder = folder.Parent;
        }

        return Task.FromResult(folder?.FullName ?? throw new InvalidOperationException("No package.json above the program."));
    }
}
