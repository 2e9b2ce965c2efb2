using Microsoft.AspNetCore.Http;

namespace XQr.Dashboard.Hosting;

/// <summary>Adds the headers of a page: what it may load and where it may be shown.</summary>
internal sealed class PageHeadersMiddleware(RequestDelegate next)
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";

        // The antiforgery service writes the same value, and warns about any other.
        headers.CacheControl = "no-cache, no-store";
        return next(context);
    }
}
