using XQr.Dashboard.Forms;

namespace XQr.Dashboard.Pages;

/// <summary>The model of the first page for a visitor.</summary>
/// <param name="Layout">The layout.</param>
/// <param name="CanSignIn">True if a sign-in provider is configured.</param>
/// <param name="Callback">The redirect URI of the sign-in.</param>
public sealed record WelcomeModel(LayoutModel Layout, bool CanSignIn, string Callback);

/// <summary>A workspace of the person.</summary>
/// <param name="Path">The path of its first page.</param>
/// <param name="Name">The name.</param>
/// <param name="Role">The role of the person.</param>
/// <param name="Plan">The plan.</param>
public sealed record WorkspaceChoice(string Path, string Name, string Role, string Plan);

/// <summary>The model of the choice of a workspace.</summary>
/// <param name="Layout">The layout.</param>
/// <param name="Workspaces">The workspaces of the person, newest first.</param>
/// <param name="CanCreate">True if the person may create a workspace.</param>
/// <param name="Explanation">The way to become a member, for a person without a workspace.</param>
public sealed record WorkspaceListModel(LayoutModel Layout, IReadOnlyList<WorkspaceChoice> Workspaces, bool CanCreate, string Explanation);

/// <summary>The model of the form of a new workspace.</summary>
/// <param name="Layout">The layout.</param>
/// <param name="Form">The form.</param>
/// <param name="CreationId">The id of the creation, so that a form that is sent twice creates one workspace.</param>
public sealed record NewWorkspaceModel(LayoutModel Layout, FormState Form, string CreationId);
