using Microsoft.AspNetCore.Http;

namespace XQr.Api.Pipeline;

/// <summary>
/// Methods are case-sensitive (RFC 9110, section 9.1), while routing takes <c>get</c> for GET and later code doesn't. A method that is
/// not written in capitals is none that any path takes.
/// </summary>
internal sealed class MethodMiddleware(RequestDelegate next)
{
    /// <summary>The name under which routing sees such a method.</summary>
    public const string Unknown = "UNKNOWN";

    /// <summary>Passes the request on, with a method that routing can't mistake.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Method.Any(char.IsAsciiLetterLower))
        {
            context.Request.Method = Unknown;
        }

        return next(context);
    }
}
