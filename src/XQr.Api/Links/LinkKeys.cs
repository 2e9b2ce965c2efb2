using System.Security.Cryptography;
using System.Text;
using XQr.Api.Primitives;

namespace XQr.Api.Links;

/// <summary>Creates the row keys of links in the workspace's partition of table <c>Workspaces</c>. Keys sort the newest link first.</summary>
internal static class LinkKeys
{
    /// <summary>The prefix of all rows of links.</summary>
    public const string Prefix = "l";

    /// <summary>The length of a link's key, which is the prefix of its other keys.</summary>
    public const int Length = 33;

    /// <summary>The key of the workspace's link counts.</summary>
    public const string Usage = "n";

    /// <summary>The prefix of index rows of disabled links.</summary>
    public const string Disabled = "y";

    /// <summary>The prefix of rows for deleted links, which identify later scans of them.</summary>
    public const string Erased = "e";

    /// <summary>
    /// The prefix of requests to erase the statistics of a deleted link. They come before the scans that wait for aggregation, so that one
    /// query finds both.
    /// </summary>
    public const string ToErase = "s-";

    private const int IdLength = 32;

    /// <summary>Returns the key of a link.</summary>
    public static string Link(Guid id) => Prefix + Ids.Descending(id);

    /// <summary>Returns the key of a tally. Tallies follow the link, so one query reads both.</summary>
    public static string Tally(Guid id, string name) => $"{Prefix}{Ids.Descending(id)}t{name}";

    /// <summary>Returns the key of the row for a deleted link.</summary>
    public static string ErasedLink(Guid id) => Erased + Ids.Descending(id);

    /// <summary>Returns the key of the request to erase the statistics of a deleted link.</summary>
    public static string ToEraseLink(Guid id) => ToErase + Ids.Descending(id);

    /// <summary>Returns whether a key is of a tally, not of a link.</summary>
    public static bool IsTally(string rowKey) => rowKey.Length > Length;

    /// <summary>Returns a key after a link and its tallies, and before the next link.</summary>
    public static string After(string linkKey) => $"{linkKey}u";

    /// <summary>
    /// Returns the prefix of index rows of links with a label: a hash, because labels can have characters that keys cannot.
    /// </summary>
    public static string Label(string label) => $"x{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(label)).AsSpan(0, 16))}";

    /// <summary>Returns the link key in the key of an index row.</summary>
    public static string OfIndexed(string indexKey) => string.Concat(Prefix, indexKey.AsSpan(indexKey.Length - IdLength));
}
