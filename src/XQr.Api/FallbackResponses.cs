using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using XQr.Api.Pipeline;
using XQr.Api.Redirects;

namespace XQr.Api;

/// <summary>Writes the responses for unknown paths and for methods that a path does not accept.</summary>
internal static class FallbackResponses
{
    public static Task WriteAsync(StatusCodeContext status)
    {
        var context = status.HttpContext;
        var isApi = context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);
        return context.Response.StatusCode switch
        {
            StatusCodes.Status405MethodNotAllowed => ApiErrors.MethodNotAllowed(context.Request.Method).ExecuteAsync(context),
            StatusCodes.Status404NotFound when isApi => ApiErrors.NotFound("path").ExecuteAsync(context),
            StatusCodes.Status404NotFound => PublicPage.NotFound.ExecuteAsync(context),
            _ => Task.CompletedTask,
        };
    }
}
