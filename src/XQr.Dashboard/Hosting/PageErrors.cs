using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using XQr.Api.Pipeline;
using XQr.Dashboard.Members;
using XQr.Dashboard.Pages;

namespace XQr.Dashboard.Hosting;

/// <summary>Shows the errors of the API's catalogue as pages.</summary>
internal static class PageErrors
{
    private const string RoleError = "INSUFFICIENT_SCOPE";

    /// <summary>Returns the page of an error.</summary>
    public static IResult Of(ApiError error) => new ErrorPage(error);

    /// <summary>Writes the page for an unknown path, or for a method that the path does not accept.</summary>
    public static Task WriteAsync(StatusCodeContext status)
    {
        var context = status.HttpContext;
        return context.Response.StatusCode switch
        {
            StatusCodes.Status404NotFound => Of(ApiErrors.NotFound("page")).ExecuteAsync(context),
            StatusCodes.Status405MethodNotAllowed => Of(ApiErrors.MethodNotAllowed(context.Request.Method)).ExecuteAsync(context),
            _ => Task.CompletedTask,
        };
    }

    private static async Task<ErrorModel> ModelOfAsync(ApiError error, HttpContext context)
    {
        var (icon, title, text) = TextsOf(error);
        var (isRead, isTemporary) = (HttpMethods.IsGet(context.Request.Method), error.Status is >= 500 or StatusCodes.Status429TooManyRequests);
        IReadOnlyList<KeptField> fields = isTemporary && !context.Request.IsPart() ? await SentForms.ReadAsync(context) : [];
        var layout = Frames.Layout(context, title) with
        {
            RefreshAfter = isRead && error.RetryAfter is { } wait ? (int)Math.Ceiling(wait.TotalSeconds) : null,
        };
        var again = (isRead && isTemporary) || fields.Count > 0 ? context.Request.GetEncodedPathAndQuery() : null;
        return new(layout, icon, title, fields.Count > 0 ? FrameTexts.ErrorFormText : text, context.Api().RequestId, again) { Fields = fields };
    }

    private static (string Icon, string Title, string? Text) TextsOf(ApiError error) => error switch
    {
        { Status: StatusCodes.Status404NotFound } => ("search", FrameTexts.ErrorNotFoundTitle, FrameTexts.ErrorNotFoundText),
        { Code: RoleError } => ("lock", FrameTexts.ErrorForbiddenTitle, FrameTexts.ErrorForbiddenText),
        { Status: StatusCodes.Status429TooManyRequests } => ("clock", FrameTexts.ErrorBusyTitle, FrameTexts.ErrorBusyText),
        { Status: StatusCodes.Status503ServiceUnavailable } => ("refresh", FrameTexts.ErrorUnavailableTitle, FrameTexts.ErrorUnavailableText),
        { Status: >= 500 } => ("alert", FrameTexts.ErrorFailedTitle, FrameTexts.ErrorFailedText),
        _ => ("alert", error.Message, null),
    };

    private sealed class ErrorPage(ApiError error) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var people = NeedsRole(httpContext) ? await Managers.NamedAsync(httpContext) : [];
            error.WriteHead(httpContext.Response);
            httpContext.Response.Headers.Remove("WWW-Authenticate");
            if (httpContext.Request.IsPart())
            {
                // htmx shows no errors. It loads the page again, which shows the current state, or an error that tries again by itself.
                httpContext.Response.Headers["HX-Refresh"] = "true";
            }

            var model = (await ModelOfAsync(error, httpContext)) with { People = people };
            await Page.Of<Error, ErrorModel>(model, error.Status).ExecuteAsync(httpContext);
        }

        private bool NeedsRole(HttpContext context) => error.Code == RoleError && context.Features.Get<DashboardContext>()?.Caller is not null;
    }
}
