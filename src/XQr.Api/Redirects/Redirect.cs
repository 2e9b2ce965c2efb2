using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using XQr.Api.Analytics;
using XQr.Api.Analytics.Visitors;
using XQr.Api.Links;
using XQr.Api.Redirects.Geo;
using XQr.Api.Redirects.UserAgents;

namespace XQr.Api.Redirects;

/// <summary>Leads visitors on. It has its services once: a handler that took them as parameters would have a scope made at each request.</summary>
internal sealed class Redirect(ShortCodeCache codes, UserAgentReader agents, OriginReader origins, ScanRecorder scans, TimeProvider time)
{
    /// <summary>Follow a link</summary>
    /// <remarks>
    /// The query parameters of the request are added to the destination, except those that it has already. A visit by a person counts as a
    /// scan; HEAD, bots and prefetches don't.
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
        var origin = visitor is null && !link.RoutingRules.Any ? Origin.Unknown : origins.Read(context);
        headers.Location = VisitorQuery.Append(LocationOf(link, context.Request, origin, now), context.Request.QueryString.Value);
        Telemetry.Redirects.Add(1);
        if (visitor is not null)
        {
            await scans.RecordAsync(link.WorkspaceId, VisitOf(link.LinkId, now, visitor, origin, context.Request));
        }
    }

    private static Visit VisitOf(Guid linkId, DateTimeOffset now, Visitor visitor, Origin origin, HttpRequest request)
    {
        var agent = visitor.Agent;
        return new(
            new(linkId, now, origin.Country, agent.Device, agent.Browser, agent.Os, visitor.Referrer, IsBot: agent.IsBot),
            origin.Address is null || visitor.IsPrivate ? null : new VisitorTraits(origin.Address, UserAgentReader.Shorten(request.Headers.UserAgent.ToString())));
    }

    /// <summary>Rules are for everybody: who isn't counted (bots, prefetches, HEAD) is led where a person would be.</summary>
    private string LocationOf(ShortCode link, HttpRequest request, Origin origin, DateTimeOffset now)
    {
        if (!link.RoutingRules.Any)
        {
            return link.Location;
        }

        var agent = request.Headers.UserAgent.ToString();
        return link.LocationFor(new(origin.Country, agents.Read(agent).Device, origin.Address, agent), now);
    }
}
