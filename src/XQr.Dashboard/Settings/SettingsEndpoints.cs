using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XQr.Api.Tenancy;
using XQr.Dashboard.Members;

namespace XQr.Dashboard.Settings;

/// <summary>Maps the settings of a workspace. Every member sees them and may leave, and admins change them.</summary>
internal static class SettingsEndpoints
{
    /// <summary>Maps the pages under those of a workspace.</summary>
    public static void MapSettings(this IEndpointRouteBuilder workspace)
    {
        var settings = workspace.MapGroup("/settings");
        settings.MapGet("/", (HttpContext context) => TypedResults.LocalRedirect(GeneralPage.PathOf(context.Workspace().WorkspaceId)));
        settings.MapGet("/general", GeneralPage.ShowAsync);
        settings.MapPost("/general", GeneralPage.SaveAsync).RequireMember(Role.Admin);
        settings.MapGet("/usage", UsagePage.ShowAsync);
        settings.MapGet("/audit", AuditPage.ListAsync);

        var keys = settings.MapGroup("/developers");
        keys.MapGet("/", KeyListPage.ListAsync);
        keys.MapGet("/new", KeyCreationPage.New).RequireMember(Role.Admin);
        keys.MapPost("/new", KeyCreationPage.CreateAsync).RequireMember(Role.Admin);
        keys.MapGet("/{id}", KeyPage.ShowAsync);
        keys.MapPost("/{id}/rename", KeyPage.RenameAsync).RequireMember(Role.Admin);
        keys.MapPost("/{id}/rotate", KeyRotationPage.RotateAsync).RequireMember(Role.Admin);
        keys.MapPost("/{id}/revoke", KeyPage.RevokeAsync).RequireMember(Role.Admin);

        var members = settings.MapGroup("/members");
        members.MapGet("/", MemberListPage.ListAsync);
        members.MapGet("/new", InvitationPage.New).RequireMember(Role.Admin);
        members.MapPost("/new", InvitationPage.InviteAsync).RequireMember(Role.Admin);
        members.MapGet("/{id}", MemberPage.ShowAsync);
        members.MapPost("/{id}", MemberPage.SaveAsync).RequireMember(Role.Admin);
        members.MapGet("/{id}/remove", MemberRemovalPage.AskAsync);
        members.MapPost("/{id}/remove", MemberRemovalPage.RemoveAsync);
    }
}
