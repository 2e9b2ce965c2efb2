using Microsoft.AspNetCore.Http;
using XQr.Api.Urls;

namespace XQr.Dashboard.Hosting;

/// <summary>
/// Gives requests the configured scheme and host. Behind a proxy, a request has those of the last connection, and the redirect URI of the
/// sign-in and the names of cookies must be those of the browser.
/// </summary>
internal sealed class PublicAddressMiddleware(RequestDelegate next, PublicUrls urls)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (urls.Configured is { } address)
        {
            context.Request.Scheme = address.Scheme;
            context.Request.Host = new(address.Authority);
        }

        return next(context);
    }
}
