using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XQr.Api.Analytics;
using XQr.Api.Links;
using XQr.Api.Pipeline;
using XQr.Api.Redirects.UserAgents;

namespace XQr.Api.Redirects;

internal static class RedirectEndpoint
{
    public static void MapRedirects(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapMethods("/{short_code}", [HttpMethods.Get, HttpMethods.Head], FollowAsync)
            .WithTag("Redirects", "What people follow. Needs no key.")
            .AnswersRedirect().MayFailAsPage(PublicPage.NotFound.Error, PublicPage.Disabled.Error, PublicPage.Expired.Error, PublicPage.Unavailable.Error);

    /// <summary>Follow a link</summary>
    /// <remarks>
    /// The query parameters of the request are added to the destination, except those that it has already. A visit by a person counts as a
    /// scan; HEAD, bots and prefetches don't.
    /// </remarks>
    internal static async Task FollowAsync(
        HttpContext context,
        [Microsoft.AspNetCore.Mvc.FromRoute(Name = "short_code")] string code,
        ShortCodeCache codes,
        UserAgentReader agents,
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
            await (link.Enabled ? PublicPage.Expired : PublicPage.Disabled).WriteAsync(context);
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
