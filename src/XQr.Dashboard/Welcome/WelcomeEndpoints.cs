using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using XQr.Dashboard.Members;

namespace XQr.Dashboard.Welcome;

/// <summary>Maps the pages that belong to no workspace.</summary>
internal static class WelcomeEndpoints
{
    public static void MapWelcome(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/", WelcomePages.StartAsync).AcceptSession();
        pages.MapGet("/workspaces", WelcomePages.ListAsync).RequireSession();
        pages.MapGet("/new", NewWorkspacePages.New).RequireSession();
        pages.MapPost("/new", NewWorkspacePages.CreateAsync).RequireSession();
    }
}
