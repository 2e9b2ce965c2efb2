using Microsoft.Net.Http.Headers;
using XQr.Api.Pipeline;

namespace XQr.Api.Links;

/// <summary>
/// Creates and compares the entity tags of links. A tag contains the version and the scan count, because responses change with both.
/// Changes compare only the version, so that scans do not cause conflicts.
/// </summary>
internal static class LinkVersion
{
    private const char Separator = '-';

    /// <summary>Returns the entity tag of a link.</summary>
    public static EntityTagHeaderValue TagOf(Link link) => ResourceVersion.ToTag($"{link.Version}{Separator}{link.ScanCount}");

    /// <summary>Returns whether a tag, with its quotes, has the current version of a link.</summary>
    public static bool Is(string tag, Link link) => tag.StartsWith($"\"{link.Version}{Separator}", StringComparison.Ordinal);
}
