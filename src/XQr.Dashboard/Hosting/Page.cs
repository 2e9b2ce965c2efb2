using Microsoft.AspNetCore.Http;
using RazorSlices;
using XQr.Api.Pipeline;

namespace XQr.Dashboard.Hosting;

/// <summary>Creates the responses of pages and parts of pages.</summary>
internal static class Page
{
    /// <summary>Returns a page.</summary>
    /// <param name="model">The model of the page.</param>
    /// <param name="status">The status code.</param>
    public static IResult Of<TSlice, TModel>(TModel model, int status = StatusCodes.Status200OK)
        where TSlice : class, IRazorSliceProxy<TModel> => new PageResult(Results.RazorSlice<TSlice, TModel>(model, status));

    /// <summary>
    /// Returns a redirect after a form was accepted, so that a reload does not send the form again. A script that sent the form gets the
    /// address in a header, because a browser follows redirects of scripts itself.
    /// </summary>
    /// <param name="path">The path and query of the page to show.</param>
    public static IResult SeeOther(string path) => new SeeOtherResult(path);

    /// <summary>Returns true if htmx asks for a part of a page.</summary>
    public static bool IsPart(this HttpRequest request) => request.Headers.ContainsKey("HX-Request");

    /// <summary>Returns true if htmx replaces a part of the page with the response. For the way back it asks for the whole page.</summary>
    public static bool WantsPart(this HttpRequest request) => request.IsPart() && !request.Headers.ContainsKey("HX-History-Restore-Request");

    private sealed class PageResult(IResult slice) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.BeginAnswer();
            return slice.ExecuteAsync(httpContext);
        }
    }

    private sealed class SeeOtherResult(string path) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            if (httpContext.Request.IsPart())
            {
                httpContext.Response.StatusCode = StatusCodes.Status204NoContent;
                httpContext.Response.Headers["HX-Redirect"] = path;
            }
            else
            {
                httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
                httpContext.Response.Headers.Location = path;
            }

            return Task.CompletedTask;
        }
    }
}
