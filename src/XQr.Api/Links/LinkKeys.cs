using System.Security.Cryptography;
using System.Text;

namespace XQr.Api.Links;

/// <summary>
/// The row keys of links in their workspace's partition of table <c>Workspaces</c>. In ascending order of any of them the newest
/// link comes first.
/// </summary>
internal static class LinkKeys
{
    /// <summary>Begins every row of every link.</summary>
    public const string Prefix = "l";

    /// <summary>The length of a link's own key, which its other keys begin with.</summary>
    public const int Length = 33;

    /// <summary>The workspace's counts of links.</summary>
    public const string Usage = "n";

    /// <summary>Begins the index rows of links that are switched off.</summary>
    public const string Disabled = "y";

    /// <summary>Begins the notes of links that were deleted, by which later scans of them are told.</summary>
    public const string Erased = "e";

    /// <summary>
    /// Begins the requests to erase the statistics of a deleted link. They come before the scans that wait for aggregation, so that one query
    /// finds both.
    /// </summary>
    public const string ToErase = "s-";

    private const int IdLength = 32;

    /// <summary>The link itself.</summary>
    public static string Link(Guid id) => Prefix + Ids.Descending(id);

    /// <summary>One of the link's tallies; they come right after the link, so that one query reads both.</summary>
    public static string Tally(Guid id, string name) => $"{Prefix}{Ids.Descending(id)}t{name}";

    public static string ErasedLink(Guid id) => Erased + Ids.Descending(id);

    public static string ToEraseLink(Guid id) => ToErase + Ids.Descending(id);

    public static bool IsTally(string rowKey) => rowKey.Length > Length;

    /// <summary>Comes after a link and its tallies, and before the next link.</summary>
    public static string After(string linkKey) => $"{linkKey}u";

    /// <summary>Begins the index rows of links with a label. A hash, as labels may hold characters that keys may not.</summary>
    public static string Label(string label) => $"x{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(label)).AsSpan(0, 16))}";

    /// <summary>The link's own key that an index row's key points at.</summary>
    public static string OfIndexed(string indexKey) => string.Concat(Prefix, indexKey.AsSpan(indexKey.Length - IdLength));
}
