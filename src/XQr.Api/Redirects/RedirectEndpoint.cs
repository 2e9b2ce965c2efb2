using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XQr.Api.Analytics;
using XQr.Api.Links;
using XQr.Api.Pipeline;
using XQr.Api.Redirects.Geo;
using XQr.Api.Redirects.UserAgents;

namespace XQr.Api.Redirects;

internal static class RedirectEndpoint
{
    public static void MapRedirects(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapMethods("/{short_code}", [HttpMethods.Get, HttpMethods.Head], RedirectAsync)
            .WithMetadata(new OutageAnswer(PublicPage.Unavailable))
            .ExcludeFromDescription();

    private static async Task RedirectAsync(
        HttpContext context,
        [Microsoft.AspNetCore.Mvc.FromRoute(Name = "short_code")] string code,
        ShortCodeCache codes,
        UserAgentReader agents,
        OriginReader origins,
        ScanRecorder scans,
        TimeProvider time)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "private, no-store";
        headers["X-Robots-Tag"] = "noindex";
        if (!ShortCodes.IsWellFormed(code) || await codes.FindAsync(code, context.RequestAborted) is not { } link)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var now = time.GetUtcNow();
        if (!link.Enabled || link.ExpiresAt <= now)
        {
            await (link.Enabled ? PublicPage.Expired : PublicPage.Disabled).ExecuteAsync(context);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status302Found;
        var visitor = Visitor.Read(context.Request, agents);
        var origin = visitor is null && !link.RoutingRules.Any ? Origin.Unknown : origins.Read(context);
        headers.Location = VisitorQuery.Append(Location(link, context.Request, origin, agents, now), context.Request.QueryString.Value);
        Telemetry.Redirects.Add(1);
        if (visitor is not null)
        {
            await scans.RecordAsync(
                link.WorkspaceId,
                new Scan(link.LinkId, now, origin.Country, visitor.Device, visitor.Browser, visitor.Os, visitor.Referrer));
        }
    }

    /// <summary>Rules are for everybody: who isn't counted (bots, prefetches, HEAD) is led where a person would be.</summary>
    private static string Location(ShortCode link, HttpRequest request, Origin origin, UserAgentReader agents, DateTimeOffset now)
    {
        if (!link.RoutingRules.Any)
        {
            return link.Location;
        }

        var agent = request.Headers.UserAgent.ToString();
        return link.LocationFor(new(origin.Country, agents.Read(agent).Device, origin.Address, agent), now);
    }
}
