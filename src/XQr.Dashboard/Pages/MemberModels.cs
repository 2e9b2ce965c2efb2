using XQr.Dashboard.Forms;
using XQr.Dashboard.Pages.Parts;

namespace XQr.Dashboard.Pages;

/// <summary>A member in the list and on its page.</summary>
/// <param name="Path">The path of the member's page.</param>
/// <param name="Email">The e-mail address.</param>
/// <param name="Name">The name; null if there is none.</param>
/// <param name="Role">The role.</param>
/// <param name="InvitedAt">The time of the invitation.</param>
/// <param name="JoinedAt">The time of the first sign-in; null for an invitation.</param>
/// <param name="IsSelf">True for the person who sees the page.</param>
public sealed record MemberModel(
    string Path, string Email, string? Name, string Role, DateTimeOffset InvitedAt, DateTimeOffset? JoinedAt, bool IsSelf)
{
    /// <summary>Gets whether the person has not signed in yet.</summary>
    public bool IsInvited => JoinedAt is null;

    /// <summary>Gets the name, or the e-mail address of a member without a name.</summary>
    public string Title => Name ?? Email;
}

/// <summary>The model of the list of members.</summary>
/// <param name="Layout">The layout.</param>
/// <param name="Path">The path of the list.</param>
/// <param name="Members">The members of this part of the list.</param>
/// <param name="Pager">The links to other parts; null if there are none.</param>
/// <param name="LeavePath">The path of the page on which the person leaves the workspace; null for the last owner.</param>
/// <param name="Notice">The result of the last change; null if there is none.</param>
/// <param name="ReadOnly">The people who may change members; null for one of them.</param>
public sealed record MemberListModel(
    LayoutModel Layout,
    string Path,
    IReadOnlyList<MemberModel> Members,
    PagerModel? Pager,
    string? LeavePath,
    AlertModel? Notice,
    AlertModel? ReadOnly);

/// <summary>The model of the form of an invitation.</summary>
/// <param name="Layout">The layout.</param>
/// <param name="ListPath">The path of the list.</param>
/// <param name="Form">The form.</param>
/// <param name="Roles">The roles that the person may give.</param>
public sealed record InvitationModel(LayoutModel Layout, string ListPath, FormState Form, IReadOnlyList<Choice> Roles);

/// <summary>The model of the page of a member.</summary>
/// <param name="Layout">The layout.</param>
/// <param name="ListPath">The path of the list.</param>
/// <param name="Member">The member.</param>
/// <param name="Version">The entity tag of the member.</param>
/// <param name="Form">The form.</param>
/// <param name="Roles">The roles that the person may give to the member; none if the person may not change the member.</param>
/// <param name="Removal">The removal of the member; null if the person may not remove the member.</param>
/// <param name="Restriction">The explanation of what the person may not do; null if there is nothing to explain.</param>
/// <param name="InvitationUrl">The address for an invited person.</param>
/// <param name="Notice">The result of the last change; null if there is none.</param>
public sealed record MemberPageModel(
    LayoutModel Layout,
    string ListPath,
    MemberModel Member,
    string Version,
    FormState Form,
    IReadOnlyList<Choice> Roles,
    RemovalModel? Removal,
    AlertModel? Restriction,
    string InvitationUrl,
    AlertModel? Notice);

/// <summary>The model of the confirmation of a removal.</summary>
/// <param name="Layout">The layout.</param>
/// <param name="Member">The member.</param>
/// <param name="Version">The entity tag of the member.</param>
/// <param name="Removal">The texts.</param>
/// <param name="Error">The error of the last try; null if there is none.</param>
public sealed record MemberRemovalModel(LayoutModel Layout, MemberModel Member, string Version, RemovalModel Removal, string? Error);

/// <summary>The removal of a member, the withdrawal of an invitation, or the person's own departure.</summary>
/// <param name="Title">The question.</param>
/// <param name="Text">The effect.</param>
/// <param name="Action">The text of the button.</param>
public sealed record RemovalModel(string Title, string Text, string Action);
