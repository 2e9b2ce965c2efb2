using Microsoft.AspNetCore.Http;
using XQr.Api.Pipeline;
using XQr.Api.Tenancy;
using XQr.Dashboard.Members;
using XQr.Dashboard.Pages;
using XQr.Dashboard.Pages.Parts;

namespace XQr.Dashboard.Settings;

/// <summary>Creates the models of members.</summary>
internal static class MemberModels
{
    /// <summary>Returns the path of the list of members.</summary>
    public static string ListPath(string workspaceId) => Paths.Of(workspaceId, "settings/members");

    /// <summary>Returns the path of the page of a member.</summary>
    public static string PagePath(string workspaceId, string id) => $"{ListPath(workspaceId)}/{Uri.EscapeDataString(id)}";

    /// <summary>Returns the path of the page that confirms the removal of a member.</summary>
    public static string RemovalPath(string workspaceId, string id) => $"{PagePath(workspaceId, id)}/remove";

    /// <summary>Returns the model of a member.</summary>
    public static MemberModel Of(HttpContext context, Member member) => new(
        PagePath(member.WorkspaceId, member.Id),
        member.Email,
        member.Name,
        member.Role.Name(),
        member.CreatedAt,
        member.JoinedAt,
        member.Id == context.Member().Id);

    /// <summary>Returns the removal of a member, the withdrawal of an invitation, or the person's own departure.</summary>
    public static RemovalModel RemovalOf(HttpContext context, MemberModel member) => member switch
    {
        { IsSelf: true } => new(
            Values.Format(MemberTexts.LeaveTitle, context.Workspace().Workspace.Name), MemberTexts.LeaveText, MemberTexts.Leave),
        { IsInvited: true } => new(
            Values.Format(MemberTexts.RemoveInvitationTitle, member.Title),
            Values.Format(MemberTexts.RemoveInvitationText, member.Email),
            MemberTexts.RemoveInvitation),
        _ => new(Values.Format(MemberTexts.RemoveTitle, member.Title), Values.Format(MemberTexts.RemoveText, member.Email), MemberTexts.Remove),
    };

    /// <summary>Returns the choice of a role, with what it means.</summary>
    public static Choice ChoiceOf(Role role) => new(role.Name(), role switch
    {
        Role.Owner => MemberTexts.Owner,
        Role.Admin => MemberTexts.Admin,
        _ => MemberTexts.Member,
    });
}
