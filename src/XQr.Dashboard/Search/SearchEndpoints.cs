using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace XQr.Dashboard.Search;

/// <summary>Maps the search of a workspace.</summary>
internal static class SearchEndpoints
{
    public static void MapSearch(this IEndpointRouteBuilder workspace) => workspace.MapGet("/search", SearchPage.FindAsync);
}
