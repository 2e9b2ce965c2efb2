using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticFiles;

namespace XQr.Dashboard.Assets;

/// <summary>Maps the static files of the dashboard.</summary>
internal static class AssetEndpoints
{
    private static readonly FileExtensionContentTypeProvider Types = new();

    public static void MapAssets(this IEndpointRouteBuilder pages) => pages.MapGet("/assets/{hash}/{name}", Get);

    internal static IResult Get(HttpContext context, string hash, string name)
    {
        if (!AssetUrls.TryFind(name, out var url) || url != $"{Paths.Root}/assets/{hash}/{name}")
        {
            return TypedResults.NotFound();
        }

        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return TypedResults.Stream(AssetUrls.Open(name), Types.TryGetContentType(name, out var type) ? type : null);
    }
}
