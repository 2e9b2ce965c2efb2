using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using XQr.Api.Analytics.Recording;
using XQr.Api.Analytics.Visitors;
using XQr.Api.Links;
using XQr.Api.Primitives;
using XQr.Api.Redirects.Geo;
using XQr.Api.Redirects.UserAgents;

namespace XQr.Api.Redirects;

/// <summary>
/// Redirects visitors to destinations. Services are injected once: a handler with service parameters would create a scope for each request.
/// </summary>
internal sealed class Redirect(
    ShortCodeCache codes, UserAgentReader agents, VisitorLocationReader locations, ScanRecorder scans, RedirectMetrics metrics, TimeProvider time)
{
    /// <summary>Follow a link</summary>
    /// <remarks>
    /// Redirects to the destination with the query parameters of the request, except those that the destination has already. A visit by a
    /// person counts as a scan; HEAD requests, bots and prefetches do not.
    /// </remarks>
    public async Task FollowAsync(HttpContext context, [FromRoute(Name = "short_code")] string code)
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
        var location = visitor is null && !link.RoutingRules.Any ? VisitorLocation.Unknown : locations.Read(context);
        headers.Location = VisitorQuery.Append(DestinationFor(link, context.Request, location, now), context.Request.QueryString.Value);
        metrics.AddRedirect();
        if (visitor is not null)
        {
            await scans.RecordAsync(link.WorkspaceId, VisitOf(link.LinkId, now, visitor, location, context.Request));
        }
    }

    private static Visit VisitOf(Guid linkId, DateTimeOffset now, Visitor visitor, VisitorLocation location, HttpRequest request)
    {
        var agent = visitor.Agent;
        return new(
            new(linkId, now, location.Country, agent.Device, agent.Browser, agent.Os, visitor.Referrer, IsBot: agent.IsBot),
            location.Address is null || visitor.IsPrivate ? null
                : new VisitorTraits(location.Address, UserAgentReader.Shorten(request.Headers.UserAgent.ToString())));
    }

    /// <summary>Returns the destination by the routing rules, which also apply to visits that are not counted (bots, prefetches, HEAD).</summary>
    private string DestinationFor(ShortCode link, HttpRequest request, VisitorLocation location, DateTimeOffset now)
    {
        if (!link.RoutingRules.Any)
        {
            return link.Location;
        }

        var agent = request.Headers.UserAgent.ToString();
        return link.LocationFor(new(location.Country, agents.Read(agent).Device, location.Address, agent), now);
    }
}
