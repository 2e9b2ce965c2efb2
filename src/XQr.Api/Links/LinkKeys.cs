namespace XQr.Api.Links;

/// <summary>The row keys of links in their workspace's partition of table <c>Workspaces</c>.</summary>
internal static class LinkKeys
{
    /// <summary>Begins every row of every link.</summary>
    public const string Prefix = "l";

    /// <summary>The length of a link's own key, which its other keys begin with.</summary>
    public const int Length = 33;

    /// <summary>The link itself. In ascending order of these keys the newest link comes first.</summary>
    public static string Link(Guid id) => Prefix + Ids.Descending(id);

    /// <summary>One of the link's tallies; they come right after the link, so that one query reads both.</summary>
    public static string Tally(Guid id, string name) => $"{Prefix}{Ids.Descending(id)}t{name}";

    public static bool IsTally(string rowKey) => rowKey.Length > Length;
}
