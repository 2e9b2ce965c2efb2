using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using XQr.Api.Analytics;
using XQr.Api.Links;
using XQr.Api.Pipeline;
using XQr.Api.Redirects.UserAgents;

namespace XQr.Api.Redirects;

internal static class RedirectEndpoint
{
    private const string Code = "short_code";

    /// <summary>The services are found once: a handler that takes them as parameters has a service scope made at each request.</summary>
    public static void MapRedirects(this IEndpointRouteBuilder endpoints)
    {
        var codes = endpoints.ServiceProvider.GetRequiredService<ShortCodeCache>();
        var agents = endpoints.ServiceProvider.GetRequiredService<UserAgentReader>();
        var scans = endpoints.ServiceProvider.GetRequiredService<ScanRecorder>();
        var time = endpoints.ServiceProvider.GetRequiredService<TimeProvider>();
        endpoints
            .MapMethods($"/{{{Code}}}", [HttpMethods.Get, HttpMethods.Head], context => RedirectAsync(context, codes, agents, scans, time))
            .WithMetadata(new OutageAnswer(PublicPage.Unavailable))
            .ExcludeFromDescription();
    }

    private static async Task RedirectAsync(
        HttpContext context, ShortCodeCache codes, UserAgentReader agents, ScanRecorder scans, TimeProvider time)
    {
        var code = (string)context.Request.RouteValues[Code]!;
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
