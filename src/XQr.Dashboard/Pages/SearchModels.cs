namespace XQr.Dashboard.Pages;

/// <summary>The links that the search offers.</summary>
/// <param name="Path">The path of the list of links.</param>
/// <param name="Text">The text that all links have.</param>
/// <param name="Destination">The destination that a new link can have; null if the text is none.</param>
/// <param name="Links">The first links.</param>
/// <param name="Total">The number of all links with the text.</param>
public sealed record LinkOptionsModel(string Path, string Text, string? Destination, IReadOnlyList<LinkModel> Links, int Total);

/// <summary>A page or a command that the search offers.</summary>
/// <param name="Path">The path.</param>
/// <param name="Icon">The icon.</param>
/// <param name="Title">The title.</param>
/// <param name="Hint">Other words for it; null if there are none.</param>
/// <param name="Letter">The letter that opens it after the key G; null if there is none.</param>
public sealed record EntryModel(string Path, string Icon, string Title, string? Hint = null, string? Letter = null);

/// <summary>The pages and commands of a workspace, in the order in which the search offers them.</summary>
internal static class Entries
{
    /// <summary>Returns the pages. Each has a letter.</summary>
    public static IEnumerable<EntryModel> PagesOf(FrameModel frame) =>
    [
        new(frame.Path(), "home", FrameTexts.Home, Letter: "h"),
        new(frame.Path("links"), "link", FrameTexts.Links, Letter: "l"),
        .. SettingsPages.All.Select(page => new EntryModel(frame.Path(page.Page), page.Icon, page.Title(), page.Hint(), page.Letter)),
        new(Paths.Workspaces, "switch", FrameTexts.OtherWorkspace, Letter: "w"),
    ];

    /// <summary>Returns the commands that the role of the member and the plan include.</summary>
    public static IEnumerable<EntryModel> CommandsOf(FrameModel frame)
    {
        yield return new(frame.Path("links/new"), "plus", FrameTexts.NewLink);
        if (frame.CanCreateKeys)
        {
            yield return new(frame.Path("settings/developers/new"), "key", SearchTexts.NewKey);
        }

        if (frame.CanManage)
        {
            yield return new(frame.Path("settings/members/new"), "users", SearchTexts.Invite);
        }
    }
}
