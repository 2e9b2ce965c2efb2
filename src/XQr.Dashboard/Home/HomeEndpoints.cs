using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace XQr.Dashboard.Home;

/// <summary>Maps the first page of a workspace.</summary>
internal static class HomeEndpoints
{
    public static void MapHome(this IEndpointRouteBuilder workspace) => workspace.MapGet("/", HomePage.ShowAsync);
}
