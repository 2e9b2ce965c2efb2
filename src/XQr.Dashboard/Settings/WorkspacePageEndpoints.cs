using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XQr.Api.Tenancy;
using XQr.Dashboard.Members;

namespace XQr.Dashboard.Settings;

/// <summary>Maps the pages of the workspace itself: general settings, usage and audit log.</summary>
internal static class WorkspacePageEndpoints
{
    public static void MapWorkspacePages(this IEndpointRouteBuilder workspace)
    {
        var settings = workspace.MapGroup("/settings");
        settings.MapGet("/", (HttpContext context) => TypedResults.LocalRedirect(GeneralPage.PathOf(context.Workspace().WorkspaceId)));
        settings.MapGet("/general", GeneralPage.ShowAsync);
        settings.MapPost("/general", GeneralPage.SaveAsync).RequireMember(Role.Admin);
        settings.MapGet("/usage", UsagePage.ShowAsync);
        settings.MapGet("/audit", AuditPage.ListAsync);
    }
}
