using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using XQr.Api.Pipeline;

namespace XQr.Dashboard.Hosting;

/// <summary>Creates the antiforgery token of a page, which each of its forms sends back.</summary>
internal static class Tokens
{
    public const string FieldName = "csrf";

    /// <summary>The header of requests without a form.</summary>
    public const string HeaderName = "X-Csrf";

    /// <summary>Returns the token; null for a visitor who is not signed in, and so has no form to send.</summary>
    public static string? Of(HttpContext context) => context.Api().Person is null
        ? null
        : context.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(context).RequestToken;
}
