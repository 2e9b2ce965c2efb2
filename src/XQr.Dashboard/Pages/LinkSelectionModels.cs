using XQr.Dashboard.Forms;

namespace XQr.Dashboard.Pages;

/// <summary>The model of a form for the selected links.</summary>
/// <param name="Layout">The model of the layout.</param>
/// <param name="Action">The path that the form is sent to.</param>
/// <param name="List">The path of the list, with its query.</param>
/// <param name="Form">The content of the form.</param>
/// <param name="Links">The selected links.</param>
public sealed record LinkSelectionModel(LayoutModel Layout, string Action, string List, FormState Form, IReadOnlyList<LinkModel> Links)
{
    private const int MaxLabels = 50;

    /// <summary>Gets the labels of the links with the number of links that have each, the most frequent first.</summary>
    public IReadOnlyList<(string Label, int Links)> Labels { get; } =
    [
        .. Links.SelectMany(link => link.Labels).CountBy(label => label)
            .OrderByDescending(label => label.Value).ThenBy(label => label.Key, StringComparer.Ordinal)
            .Take(MaxLabels)
            .Select(label => (label.Key, label.Value)),
    ];

    /// <summary>Gets the number of scans of all links.</summary>
    public long Scans => Links.Sum(link => link.Scans);
}

/// <summary>The links that a change of many did not reach.</summary>
/// <param name="Summary">The result for the other links.</param>
/// <param name="Links">The links.</param>
public sealed record LinkFailuresModel(string Summary, IReadOnlyList<LinkFailureModel> Links)
{
    /// <summary>The number of links that are shown.</summary>
    public const int Shown = 10;
}

/// <summary>A link that was not changed.</summary>
/// <param name="Link">The link.</param>
/// <param name="Reason">The reason.</param>
public sealed record LinkFailureModel(LinkModel Link, string Reason);
