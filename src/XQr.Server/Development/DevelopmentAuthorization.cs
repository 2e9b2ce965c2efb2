using System.Text.Encodings.Web;
using Microsoft.AspNetCore.WebUtilities;
using XQr.Api.Tenancy;
using XQr.Dashboard.Assets;
using XQr.Dashboard.Urls;

namespace XQr.Server.Development;

/// <summary>
/// Signs people in to the dashboard without a password: shows a page on which they choose an address, and sends a code to the dashboard. It
/// sends codes only to the dashboard of a local server.
/// </summary>
internal static class DevelopmentAuthorization
{
    private static readonly string[] Parameters =
        ["client_id", "response_type", "redirect_uri", "state", "nonce", "code_challenge", "code_challenge_method"];

    /// <summary>Shows the page.</summary>
    public static Task ShowAsync(HttpContext context, DevelopmentIssuer issuer)
    {
        var query = context.Request.Query;
        return IsValid(name => query[name].ToString())
            ? WriteAsync(context, StatusCodes.Status200OK, Page(issuer.OwnerEmail ?? "owner@example.com", name => query[name].ToString()))
            : RefuseAsync(context);
    }

    /// <summary>Sends the browser back to the dashboard with a code.</summary>
    public static async Task ContinueAsync(HttpContext context, DevelopmentCodes codes)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var email = form["email"].ToString().Trim();
        if (!IsValid(name => form[name].ToString()) || !EmailAddress.IsWellFormed(email))
        {
            await RefuseAsync(context);
            return;
        }

        var redirectUri = form["redirect_uri"].ToString();
        var nonce = form["nonce"].ToString() is { Length: > 0 } value ? value : null;
        var code = codes.Issue(email, redirectUri, form["code_challenge"].ToString(), nonce);
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = QueryHelpers.AddQueryString(
            redirectUri, new Dictionary<string, string?> { ["code"] = code, ["state"] = form["state"].ToString() });
    }

    /// <summary>Ends the sign-in: sends the browser back to the dashboard. The issuer has no session.</summary>
    public static Task SignOutAsync(HttpContext context)
    {
        var target = context.Request.Query["post_logout_redirect_uri"].ToString();
        context.Response.Redirect(IsOfDashboard(target, Paths.SignOutCallback) ? target : Paths.SignOutCallback);
        return Task.CompletedTask;
    }

    private static bool IsValid(Func<string, string> parameter) =>
        parameter("client_id") == DevelopmentIssuer.Audience
        && parameter("response_type") == "code"
        && parameter("code_challenge_method") == "S256"
        && parameter("code_challenge").Length > 0
        && IsOfDashboard(parameter("redirect_uri"), Paths.SignInCallback);

    private static bool IsOfDashboard(string url, string path) =>
        Uri.TryCreate(url, UriKind.Absolute, out var target)
        && (target.Scheme == Uri.UriSchemeHttp || target.Scheme == Uri.UriSchemeHttps)
        && target.IsLoopback && target.AbsolutePath == path;

    private static Task RefuseAsync(HttpContext context) => WriteAsync(
        context, StatusCodes.Status400BadRequest, "<h1>This sign-in is not valid</h1><p><a href=\"/dashboard\">Back to the dashboard</a></p>");

    private static Task WriteAsync(HttpContext context, int status, string body)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'";
        return response.WriteAsync(
            $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>Sign in · XQr development</title>
            <link rel="stylesheet" href="{AssetUrls.Of("app.css")}">
            </head>
            <body>
            <div class="plain">
            <header class="bar"><strong class="brand">XQr development</strong></header>
            <main class="main">
            <div class="page card">
            {body}
            </div>
            </main>
            </div>
            </body>
            </html>
            """,
            context.RequestAborted);
    }

    private static string Page(string owner, Func<string, string> parameter)
    {
        var hidden = string.Join('\n', Parameters.Select(name => $"<input type=\"hidden\" name=\"{name}\" value=\"{Encode(parameter(name))}\">"));
        return $"""
            <h1>Sign in</h1>
            <p class="muted">This page exists only on this machine, during development. It asks for no password.</p>
            <form method="post">
            {hidden}
            <p><button class="btn btn-primary" name="email" value="{Encode(owner)}" autofocus>Continue as {Encode(owner)}</button></p>
            </form>
            <form class="form" method="post">
            {hidden}
            <div class="field">
            <label for="email">Or continue as another person</label>
            <input id="email" name="email" type="email" required autocomplete="off" placeholder="ada@example.com">
            </div>
            <p><button class="btn">Continue</button></p>
            </form>
            """;
    }

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
