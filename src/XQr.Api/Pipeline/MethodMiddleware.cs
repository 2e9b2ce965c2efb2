using Microsoft.AspNetCore.Http;

namespace XQr.Api.Pipeline;

/// <summary>
/// Treats methods as case-sensitive (RFC 9110, section 9.1). Routing would accept <c>get</c> as GET, but later code would not. So no path
/// accepts a method that is not in capitals.
/// </summary>
internal sealed class MethodMiddleware(RequestDelegate next)
{
    /// <summary>The name that routing sees for such a method.</summary>
    public const string Unknown = "UNKNOWN";

    /// <summary>Passes the request on, with a method that routing does not mistake for another.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Method.Any(char.IsAsciiLetterLower))
        {
            context.Request.Method = Unknown;
        }

        return next(context);
    }
}
