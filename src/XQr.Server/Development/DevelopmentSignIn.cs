using System.Net;
using System.Net.Mime;
using System.Text.Json.Nodes;
using XQr.Api.Tenancy;

namespace XQr.Server.Development;

/// <summary>
/// Adds the endpoints of the development issuer: its metadata, its keys, the sign-in and tokens. They respond only to requests from this
/// machine with a local host name, so that web pages cannot reach them by DNS rebinding.
/// </summary>
internal static class DevelopmentSignIn
{
    public const string KeysPath = "/development/keys";
    public const string TokenPath = "/development/token";
    public const string AuthorizationPath = "/development/authorize";
    public const string SignOutPath = "/development/sign-out";

    private const string DiscoveryPath = "/.well-known/openid-configuration";

    /// <summary>Adds the endpoints.</summary>
    public static void UseDevelopmentSignIn(this WebApplication app, DevelopmentIssuer issuer) => app.Use((context, next) =>
        (context.Request.Method, context.Request.Path.Value) switch
        {
            _ when issuer.Address is null || !IsLocal(context) => next(context),
            ("GET", DiscoveryPath) => WriteAsync(context, issuer.Discovery),
            ("GET", KeysPath) => WriteAsync(context, issuer.Keys),
            ("GET", AuthorizationPath) => DevelopmentAuthorization.ShowAsync(context, issuer),
            ("POST", AuthorizationPath) when context.Request.HasFormContentType => DevelopmentAuthorization.ContinueAsync(context, issuer.Codes),
            ("GET", SignOutPath) => DevelopmentAuthorization.SignOutAsync(context),
            ("POST", TokenPath) when context.Request.HasFormContentType => IssueTokenAsync(context, issuer),
            _ => next(context),
        });

    private static async Task IssueTokenAsync(HttpContext context, DevelopmentIssuer issuer)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var now = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        var (email, name) = (form["email"].ToString(), form["name"].ToString());
        if (form["grant_type"] == "authorization_code")
        {
            var code = issuer.Codes.Redeem(form["code"].ToString(), form["redirect_uri"].ToString(), form["code_verifier"].ToString());
            await (code is null
                ? RefuseAsync(context, "invalid_grant", "The code is unknown, used or expired, or it was issued for another request.")
                : WriteAsync(context, issuer.CreateTokenResponse(code.Email, name: null, now, code)));
        }
        else if (EmailAddress.IsWellFormed(email))
        {
            await WriteAsync(context, issuer.CreateTokenResponse(email, name.Length == 0 ? null : name, now));
        }
        else
        {
            await RefuseAsync(context, "invalid_request", "Send the form field email: curl -d email=owner@example.com");
        }
    }

    private static Task RefuseAsync(HttpContext context, string error, string description)
    {
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return WriteAsync(context, new() { ["error"] = error, ["error_description"] = description });
    }

    private static Task WriteAsync(HttpContext context, JsonObject json)
    {
        context.Response.ContentType = MediaTypeNames.Application.Json;
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(json.ToJsonString(), context.RequestAborted);
    }

    /// <summary>Returns true if a request comes from this machine. A proxy on this machine looks local, but it sends forwarding headers.</summary>
    private static bool IsLocal(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } peer
        && IPAddress.IsLoopback(peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer)
        && (context.Request.Host.Host == "localhost" || (IPAddress.TryParse(context.Request.Host.Host, out var host) && IPAddress.IsLoopback(host)))
        && !context.Request.Headers.ContainsKey("Forwarded")
        && !context.Request.Headers.ContainsKey("X-Forwarded-For");
}
