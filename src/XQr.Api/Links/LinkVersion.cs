using Microsoft.Net.Http.Headers;

namespace XQr.Api.Links;

/// <summary>
/// The versions of a link, as conditional requests name them. Its entity tag is its version and its scan count: what a reader sees
/// changes with both. A writer depends on the version alone, so that scans don't get in the way of changes.
/// </summary>
internal static class LinkVersion
{
    private const char Separator = '-';

    public static EntityTagHeaderValue TagOf(Link link) => new($"\"{link.Version}{Separator}{link.ScanCount}\"");

    /// <summary>Whether a tag, with its quotes, is of a link's present version.</summary>
    public static bool Is(string tag, Link link) => tag.StartsWith($"\"{link.Version}{Separator}", StringComparison.Ordinal);
}
