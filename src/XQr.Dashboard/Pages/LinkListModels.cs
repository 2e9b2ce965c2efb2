namespace XQr.Dashboard.Pages;

/// <summary>The model of a row of the list.</summary>
/// <param name="Path">The path of the list.</param>
/// <param name="Query">The query of the list, with its question mark, to which forms return.</param>
/// <param name="Link">The link.</param>
/// <param name="CanSelect">True if the link can be selected for a change of many links.</param>
/// <param name="IsSelected">True if the link is selected.</param>
public sealed record LinkRowModel(string Path, string Query, LinkModel Link, bool CanSelect, bool IsSelected = false);

/// <summary>The filter of the list, as the person entered it.</summary>
public sealed record LinkFilterModel(string Text, string Label, string Enabled)
{
    /// <summary>Gets whether the filter may exclude links.</summary>
    public bool Any => Text.Length > 0 || Label.Length > 0 || Enabled.Length > 0;
}

/// <summary>The model of the table of links, which htmx replaces while the person types.</summary>
/// <param name="Path">The path of the list.</param>
/// <param name="Query">The query of the list, with its question mark.</param>
/// <param name="Filter">The filter.</param>
/// <param name="Links">The links of the page.</param>
/// <param name="Offset">The number of links on earlier pages.</param>
/// <param name="Total">The number of links on all pages.</param>
/// <param name="PreviousPage">The URL of the previous page; null on the first page.</param>
/// <param name="NextPage">The URL of the next page; null on the last page.</param>
/// <param name="CanChangeMany">True if the plan includes changes of many links at once.</param>
/// <param name="Token">The antiforgery token.</param>
public sealed record LinkResultsModel(
    string Path,
    string Query,
    LinkFilterModel Filter,
    IReadOnlyList<LinkModel> Links,
    int Offset,
    int Total,
    string? PreviousPage,
    string? NextPage,
    bool CanChangeMany,
    string? Token)
{
    /// <summary>Gets the ids of the selected links.</summary>
    public IReadOnlySet<string> Selected { get; init; } = new HashSet<string>();
}

/// <summary>The model of the page with the list of links.</summary>
/// <param name="Layout">The model of the layout.</param>
/// <param name="Results">The table.</param>
/// <param name="CanExport">True if the plan includes the export of scans.</param>
/// <param name="Notice">The result of the last change; null if there is none.</param>
/// <param name="Error">The error of the last change; null if there is none.</param>
/// <param name="Failures">The links that a change of many did not reach; null if there are none.</param>
public sealed record LinkListModel(
    LayoutModel Layout, LinkResultsModel Results, bool CanExport, string? Notice, string? Error, LinkFailuresModel? Failures = null);
