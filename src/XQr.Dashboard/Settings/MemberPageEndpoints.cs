using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using XQr.Api.Tenancy;
using XQr.Dashboard.Members;

namespace XQr.Dashboard.Settings;

/// <summary>Maps the pages of members and invitations.</summary>
internal static class MemberPageEndpoints
{
    /// <summary>Maps the pages under those of a workspace. Every member sees the members, and admins manage them.</summary>
    public static void MapMemberPages(this IEndpointRouteBuilder workspace)
    {
        var members = workspace.MapGroup("/settings/members");
        members.MapGet("/", MemberListPage.ListAsync);
        members.MapGet("/new", InvitationPage.New).RequireMember(Role.Admin);
        members.MapPost("/new", InvitationPage.InviteAsync).RequireMember(Role.Admin);
        members.MapGet("/{id}", MemberPage.ShowAsync);
        members.MapPost("/{id}", MemberPage.SaveAsync).RequireMember(Role.Admin);
        members.MapGet("/{id}/remove", MemberRemovalPage.AskAsync).RequireMember(Role.Admin);
        members.MapPost("/{id}/remove", MemberRemovalPage.RemoveAsync).RequireMember(Role.Admin);
    }
}
