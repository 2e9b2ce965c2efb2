using System.Net;
using System.Net.Mime;
using System.Text.Json.Nodes;
using XQr.Api.Tenancy;

namespace XQr.Server.Development;

/// <summary>
/// Adds the endpoints of the development issuer: its metadata, its keys and tokens. They respond only to requests from this machine with a
/// local host name, so that web pages cannot reach them by DNS rebinding.
/// </summary>
internal static class DevelopmentSignIn
{
    public const string KeysPath = "/development/keys";
    public const string TokenPath = "/development/token";

    private const string DiscoveryPath = "/.well-known/openid-configuration";

    /// <summary>Adds the endpoints.</summary>
    public static void UseDevelopmentSignIn(this WebApplication app, DevelopmentIssuer issuer) => app.Use((context, next) =>
        (context.Request.Method, context.Request.Path.Value) switch
        {
            _ when issuer.Address is null || !IsLocal(context) => next(context),
            ("GET", DiscoveryPath) => WriteAsync(context, issuer.Discovery),
            ("GET", KeysPath) => WriteAsync(context, issuer.Keys),
            ("POST", TokenPath) when context.Request.HasFormContentType => IssueTokenAsync(context, issuer),
            _ => next(context),
        });

    private static async Task IssueTokenAsync(HttpContext context, DevelopmentIssuer issuer)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (email, name) = (form["email"].ToString(), form["name"].ToString());
        if (!EmailAddress.IsWellFormed(email))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await WriteAsync(context, new()
            {
                ["error"] = "invalid_request",
                ["error_description"] = "Send the form field email: curl -d email=owner@example.com",
            });
            return;
        }

        var now = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        await WriteAsync(context, issuer.CreateTokenResponse(email, name.Length == 0 ? null : name, now));
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
