namespace XQr.Dashboard.SignIn;

/// <summary>Reads the page to show after the sign-in, which must be a page of the dashboard: a link to the sign-in leads to no other site.</summary>
internal static class ReturnPath
{
    private static readonly Uri Site = new("https://site.invalid");

    /// <summary>Returns the path and query of a page; the first page if the value is something else.</summary>
    public static string Of(string? value)
    {
        var root = Paths.Root.Value!;
        if (value is null
            || !value.StartsWith(root, StringComparison.Ordinal)
            || value.Any(character => character is '\\' || char.IsControl(character))
            || !Uri.TryCreate(Site, value, out var url) || url.Authority != Site.Authority)
        {
            return root;
        }

        var isPage = url.AbsolutePath == root
            || (url.AbsolutePath.StartsWith($"{root}/", StringComparison.Ordinal)
                && !url.AbsolutePath.StartsWith($"{root}/sign-", StringComparison.Ordinal));
        return isPage ? url.PathAndQuery : root;
    }
}
