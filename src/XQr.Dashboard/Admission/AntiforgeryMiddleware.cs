using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using XQr.Api.Pipeline;
using XQr.Dashboard.Hosting;

namespace XQr.Dashboard.Admission;

/// <summary>
/// Accepts changes of a signed-in person only from pages of the dashboard: a request has the antiforgery token of its page, and browsers
/// also say from which site it comes (Fetch Metadata). A visitor has no rights that another site could use.
/// </summary>
internal sealed class AntiforgeryMiddleware(RequestDelegate next, IAntiforgery antiforgery)
{
    public Task InvokeAsync(HttpContext context) =>
        context.Api().Person is null || HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)
            ? next(context)
            : CheckAsync(context);

    private async Task CheckAsync(HttpContext context)
    {
        if (context.Request.IsForeign())
        {
            await PageErrors.Of(new(StatusCodes.Status400BadRequest, "CROSS_SITE_REQUEST", SignInTexts.ForeignForm)).ExecuteAsync(context);
        }
        else if (await context.AwaitClientAsync(() => antiforgery.IsRequestValidAsync(context)))
        {
            await next(context);
        }
        else if (context.Request.IsOwn())
        {
            await KeptForms.ShowOutdatedAsync(context);
        }
        else
        {
            // Another site may have sent the form. With a valid token, one click of the person would send it.
            await PageErrors.Of(new(StatusCodes.Status400BadRequest, "INVALID_FORM", SignInTexts.OutdatedText)).ExecuteAsync(context);
        }
    }
}
