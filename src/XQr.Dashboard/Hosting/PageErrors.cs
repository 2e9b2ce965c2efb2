using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using XQr.Api.Pipeline;
using XQr.Dashboard.Pages;

namespace XQr.Dashboard.Hosting;

/// <summary>Shows the errors of the API's catalogue as pages.</summary>
internal static class PageErrors
{
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

    private sealed class ErrorPage(ApiError error) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            error.WriteHead(httpContext.Response);
            httpContext.Response.Headers.Remove("WWW-Authenticate");
            var model = new ErrorModel(Frames.Layout(httpContext, error.Message), error.Status, error.Message, httpContext.Api().RequestId);
            return Page.Of<Error, ErrorModel>(model, error.Status).ExecuteAsync(httpContext);
        }
    }
}
