using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace XQr.Dashboard.Assets;

/// <summary>Maps the static files of the dashboard.</summary>
internal static class AssetEndpoints
{
    public static void MapAssets(this IEndpointRouteBuilder pages) => pages.MapGet("/assets/{hash}/{name}", Get);

    internal static IResult Get(HttpContext context, string hash, string name)
    {
        if (!AssetUrls.TryFind(name, hash, out var file))
        {
            return TypedResults.NotFound();
        }

        var encoding = AssetEncoding.Select(context.Request);
        var headers = context.Response.Headers;
        headers.CacheControl = "public, max-age=31536000, immutable";
        headers.Vary = HeaderNames.AcceptEncoding;
        headers.ContentEncoding = encoding?.Name;
        return TypedResults.Stream(
            AssetUrls.Open(name, encoding), file.Type, entityTag: new EntityTagHeaderValue($"\"{hash}{encoding?.Extension}\""));
    }
}
