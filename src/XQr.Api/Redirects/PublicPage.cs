using System.Net.Mime;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using XQr.Api.Pipeline;

namespace XQr.Api.Redirects;

/// <summary>
/// A small page for links that do not redirect, or the API's error for clients that prefer JSON. The page needs no other resources.
/// </summary>
internal sealed class PublicPage(ApiError error, string title, string text) : IResult
{
    public static PublicPage NotFound { get; } = new(
        ApiErrors.NotFound("link"), "This link doesn’t exist", "Check that the address is complete, or ask whoever gave it to you.");

    public static PublicPage Disabled { get; } = new(
        new(StatusCodes.Status410Gone, "LINK_DISABLED", "This link is disabled."),
        "This link is switched off",
        "Its owner has switched it off. It may work again later.");

    public static PublicPage Expired { get; } = new(
        new(StatusCodes.Status410Gone, "LINK_EXPIRED", "This link has expired."),
        "This link has expired",
        "It worked only for a limited time.");

    public static PublicPage Unavailable { get; } = new(
        ApiErrors.Unavailable(), "Please try again in a moment", "This link can’t be looked up right now.");

    private static readonly MediaTypeHeaderValue Json = new(MediaTypeNames.Application.Json);
    private static readonly MediaTypeHeaderValue Html = new(MediaTypeNames.Text.Html);

    /// <summary>Gets the error for clients that prefer JSON.</summary>
    public ApiError Error => error;

    private readonly string html = $$"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex">
        <meta name="color-scheme" content="light dark">
        <title>{{title}}</title>
        <style>
        :root { color-scheme: light dark; --bg: light-dark(#f4f1ed, #121110); --text: light-dark(#1d1a16, #f1eeea) }
        body { margin: 0; min-height: 100dvh; display: grid; place-items: center; background: var(--bg); color: var(--text) }
        body { font: 1rem/1.55 -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, system-ui, sans-serif }
        main { box-sizing: border-box; width: min(27rem, 100vw - 2rem); padding: 2.5rem 2rem; text-align: center }
        main { background: light-dark(#fff, #1f1c1a); border: 1px solid light-dark(#e6e1da, #35312d); border-radius: .75rem }
        svg { width: 1.5rem; padding: .75rem; border-radius: .75rem; background: light-dark(#e2f1ee, #163430); color: light-dark(#0c6a62, #5cd0c0) }
        h1 { font-size: 1.375rem; font-weight: 600; line-height: 1.25; letter-spacing: -.012em; margin: 1rem 0 .5rem; text-wrap: balance }
        p { margin: 0; color: light-dark(#655f57, #aaa39a); text-wrap: pretty }
        </style>
        </head>
        <body>
        <main>
        <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" aria-hidden="true">
        <path d="M10 8 8.5 6.5a4 4 0 0 0-5.7 5.7L6 15.4M14 16l1.5 1.5a4 4 0 0 0 5.7-5.7L18 8.6M3 3l18 18"/></svg>
        <h1>{{title}}</h1>
        <p>{{text}}</p>
        </main>
        </body>
        </html>
        """;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (PrefersJson(httpContext.Request))
        {
            return error.ExecuteAsync(httpContext);
        }

        var response = httpContext.Response;
        error.WriteHead(response);
        response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";
        response.ContentType = $"{MediaTypeNames.Text.Html}; charset=utf-8";
        return response.WriteAsync(html, httpContext.RequestAborted);
    }

    /// <summary>
    /// Returns whether <c>Accept</c> prefers JSON to HTML. The most specific range of each type counts (RFC 9110, section 12.5.1); with
    /// equal quality, the named type. Browsers name HTML and API clients JSON; a client that names both or neither gets the page.
    /// </summary>
    internal static bool PrefersJson(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted))
        {
            return false;
        }

        var (json, html) = (Preference(accepted, Json), Preference(accepted, Html));
        return json.Quality > html.Quality || (json.Quality > 0 && json.Quality == html.Quality && json.Specificity > html.Specificity);
    }

    private static (double Quality, int Specificity) Preference(IList<MediaTypeHeaderValue> accepted, MediaTypeHeaderValue type)
    {
        var (quality, specificity) = (0d, 0);
        foreach (var range in accepted)
        {
            var specific = range.MatchesAllTypes ? 1 : range.MatchesAllSubTypes ? 2 : 3;
            if (specific >= specificity && Includes(range, type))
            {
                quality = specific > specificity ? range.Quality ?? 1 : Math.Max(quality, range.Quality ?? 1);
                specificity = specific;
            }
        }

        return (quality, specificity);
    }

    /// <summary>Returns whether a range includes a type. A type of a structured syntax, such as <c>application/problem+json</c>, is JSON.</summary>
    private static bool Includes(MediaTypeHeaderValue range, MediaTypeHeaderValue type) =>
        range.MatchesMediaType(type.MediaType) || (type == Json && range.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase));
}
