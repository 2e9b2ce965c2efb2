using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using XQr.Api.Analytics;
using XQr.Api.Links;
using XQr.Api.Redirects.UserAgents;

namespace XQr.Api.Redirects;

/// <summary>Leads visitors on. It has its services once: a handler that took them as parameters would have a scope made at each request.</summary>
internal sealed class Redirect(ShortCodeCache codes, UserAgentReader agents, ScanRecorder scans, TimeProvider time)
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
        headers.Location = VisitorQuery.Append(link.Location, context.Request.QueryString.Value);
        Telemetry.Redirects.Add(1);
        if (Visitor.Read(context.Request, agents) is { } visitor)
        {
            await scans.RecordAsync(
                link.WorkspaceId,
                new Scan(link.LinkId, now, Scan.UnknownCountry, visitor.Device, visitor.Browser, visitor.Os, visitor.Referrer));
        }
    }
}
