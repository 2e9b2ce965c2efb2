using XQr.Dashboard.Pages.Parts;

namespace XQr.Dashboard.Pages;

/// <summary>The part of the navigation that has a page.</summary>
public enum Section
{
    None,
    Home,
    Links,
    Settings,
}

/// <summary>The model of the layout.</summary>
/// <param name="Title">The title of the page, without the name of the product.</param>
/// <param name="Person">The signed-in person; null for a visitor.</param>
/// <param name="Frame">The frame of a page of a workspace; null for other pages.</param>
/// <param name="Token">The antiforgery token; null for a visitor.</param>
public sealed record LayoutModel(string Title, PersonModel? Person, FrameModel? Frame, string? Token)
{
    /// <summary>Gets the message about what the person has just done; null if there is none.</summary>
    public string? Flash { get; init; }

    /// <summary>Gets whether a script shows the page in a dialog, so that it has no frame.</summary>
    public bool IsPart { get; init; }

    /// <summary>Gets the seconds after which the browser loads the page again; null if it does not.</summary>
    public int? RefreshAfter { get; init; }
}

/// <summary>A signed-in person.</summary>
public sealed record PersonModel(string Email, string? Name);

/// <summary>The frame of a page of a workspace.</summary>
/// <param name="WorkspaceId">The workspace.</param>
/// <param name="WorkspaceName">The name of the workspace.</param>
/// <param name="Section">The part of the navigation that has the page.</param>
/// <param name="Role">The role of the member.</param>
/// <param name="CanManage">True for owners and admins.</param>
public sealed record FrameModel(string WorkspaceId, string WorkspaceName, Section Section, string Role, bool CanManage)
{
    /// <summary>Gets the path of the request.</summary>
    public string CurrentPath { get; init; } = "";

    /// <summary>Gets whether the member may create API keys and the plan has any.</summary>
    public bool CanCreateKeys { get; init; }

    /// <summary>Returns the path of a page of the workspace.</summary>
    public string Path(string page = "") => Paths.Of(WorkspaceId, page);

    /// <summary>Returns the value of <c>aria-current</c> for a link to a page of the workspace; null for another page.</summary>
    /// <param name="page">The page of the link.</param>
    /// <param name="section">The section of the link, if it stands for all pages of the section.</param>
    public string? Current(string page, Section section = Section.None) =>
        CurrentPath == Path(page) ? "page"
        : section != Section.None && section == Section ? "true"
        : page.Length > 0 && CurrentPath.StartsWith($"{Path(page)}/", StringComparison.Ordinal) ? "true"
        : null;
}

/// <summary>The model of the page of an error.</summary>
/// <param name="Layout">The layout.</param>
/// <param name="Icon">The icon.</param>
/// <param name="Title">The error in a few words.</param>
/// <param name="Text">The next step for the person; null if the title says enough.</param>
/// <param name="RequestId">The id of the request, which the log has too.</param>
/// <param name="Again">The URL that may work at the next attempt; null if it will not.</param>
public sealed record ErrorModel(LayoutModel Layout, string Icon, string Title, string? Text, string RequestId, string? Again)
{
    /// <summary>Gets the fields of the form that was sent; none for a request without a form.</summary>
    public IReadOnlyList<KeptField> Fields { get; init; } = [];

    /// <summary>Gets the people whom the person can ask.</summary>
    public IReadOnlyList<ContactModel> People { get; init; } = [];
}
