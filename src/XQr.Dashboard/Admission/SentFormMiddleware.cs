using Microsoft.AspNetCore.Http;
using XQr.Api.Pipeline;
using XQr.Dashboard.Hosting;

namespace XQr.Dashboard.Admission;

/// <summary>
/// Carries a form out completely once it was read, even if the browser leaves. For the second of two clicks, a browser drops the request of
/// the first, whose work would otherwise stop halfway.
/// </summary>
internal sealed class SentFormMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            if (context.Request.HasFormContentType)
            {
                await context.AwaitClientAsync(() => context.Request.ReadFormAsync(context.RequestAborted));
            }

            context.RequestAborted = context.Api().Deadline?.TokenWithoutCaller ?? CancellationToken.None;
        }

        await next(context);
    }
}
