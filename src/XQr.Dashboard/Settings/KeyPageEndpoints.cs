using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using XQr.Api.Tenancy;
using XQr.Dashboard.Members;

namespace XQr.Dashboard.Settings;

/// <summary>Maps the pages of API keys.</summary>
internal static class KeyPageEndpoints
{
    /// <summary>Maps the pages under those of a workspace. Every member sees the keys, and admins manage them.</summary>
    public static void MapKeyPages(this IEndpointRouteBuilder workspace)
    {
        var developers = workspace.MapGroup("/settings/developers");
        developers.MapGet("/", KeyListPage.ListAsync);
        developers.MapGet("/new", KeyCreationPage.New).RequireMember(Role.Admin);
        developers.MapPost("/new", KeyCreationPage.CreateAsync).RequireMember(Role.Admin);
        developers.MapGet("/{id}", KeyPage.ShowAsync);
        developers.MapPost("/{id}/rename", KeyPage.RenameAsync).RequireMember(Role.Admin);
        developers.MapPost("/{id}/rotate", KeyRotationPage.RotateAsync).RequireMember(Role.Admin);
        developers.MapPost("/{id}/revoke", KeyPage.RevokeAsync).RequireMember(Role.Admin);
    }
}
