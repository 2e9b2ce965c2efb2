using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using XQr.Testing.Network;

namespace XQr.Testing;

/// <summary>Runs an OpenID Connect provider for tests, with metadata and keys over HTTP, and valid and invalid tokens.</summary>
public sealed class TestIssuer : IAsyncDisposable
{
    public const string Audience = "xqr-tests";
    public const string ClientId = "xqr-dashboard";
    public const string KeyId = "test-key";

    private readonly WebApplication host;
    private readonly RSA key = RSA.Create(2048);
    private readonly ConcurrentDictionary<string, TestGrant> grants = new();
    private TaskCompletionSource? silence;

    private TestIssuer() => host = LoopbackHost.New(RespondAsync);

    public string Authority => host.Urls.Single();

    /// <summary>Gets the settings for an application that trusts this provider.</summary>
    public Dictionary<string, string?> Settings => new()
    {
        ["Xqr:Auth:Authority"] = Authority,
        ["Xqr:Auth:Audience"] = Audience,
        ["Xqr:Auth:ClientId"] = ClientId,
    };

    /// <summary>Gets or sets the error status of all responses, or 0 for success.</summary>
    public int ErrorStatus { get; set; }

    public string PublicKeyPem => key.ExportSubjectPublicKeyInfoPem();

    public static async Task<TestIssuer> StartAsync()
    {
        var issuer = new TestIssuer();
        await issuer.host.StartAsync();
        return issuer;
    }

    /// <summary>Stops responding until the provider is disposed.</summary>
    public void Hang() => silence = new();

    /// <summary>Creates a code of the sign-in to the dashboard, for any ID token.</summary>
    public TestGrant NewGrant(string idToken, JsonObject? userInfo = null)
    {
        var grant = new TestGrant($"code-{Guid.NewGuid():N}", idToken, userInfo);
        grants[grant.Code] = grant;
        return grant;
    }

    /// <summary>Creates the claims of a valid token.</summary>
    public JsonObject Claims(string email, string? subject = null) => new()
    {
        ["iss"] = Authority,
        ["aud"] = Audience,
        ["sub"] = subject ?? $"sub of {email}",
        ["email"] = email,
        ["email_verified"] = true,
        ["name"] = $"Name of {email}",
        ["iat"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds(),
        ["exp"] = DateTimeOffset.UtcNow.AddMinutes(10).ToUnixTimeSeconds(),
    };

    /// <summary>Creates a valid token.</summary>
    public string Token(string email, string? subject = null) => Sign(Claims(email, subject));

    /// <summary>Creates a token with any claims and a valid signature.</summary>
    /// <param name="claims">The claims.</param>
    /// <param name="headers">Additional members of the header, each after a comma.</param>
    public string Sign(JsonObject claims, string headers = "") =>
        Token("RS256", claims, content => key.SignData(content, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), headers);

    /// <summary>Creates a token with any algorithm, claims and signature.</summary>
    public static string Token(string algorithm, JsonObject claims, Func<byte[], byte[]> sign, string headers = "")
    {
        var content = $"{Encode($$"""{"alg":"{{algorithm}}","typ":"JWT","kid":"{{KeyId}}"{{headers}}}""")}.{Encode(claims.ToJsonString())}";
        return $"{content}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(content)))}";
    }

    public async ValueTask DisposeAsync()
    {
        silence?.TrySetResult();
        await host.DisposeAsync();
        key.Dispose();
    }

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    private async Task RespondAsync(HttpContext context)
    {
        if (silence is not null)
        {
            await silence.Task;
        }

        if (ErrorStatus != 0)
        {
            context.Response.StatusCode = ErrorStatus;
            return;
        }

        if (context.Request.HasFormContentType)
        {
            await RedeemAsync(context);
            return;
        }

        context.Response.ContentType = "application/json";
        var parameters = key.ExportParameters(includePrivateParameters: false);
        var (modulus, exponent) = (Base64Url.EncodeToString(parameters.Modulus), Base64Url.EncodeToString(parameters.Exponent));
        await context.Response.WriteAsync(context.Request.Path.Value switch
        {
            "/.well-known/openid-configuration" => new JsonObject
            {
                ["issuer"] = Authority,
                ["jwks_uri"] = $"{Authority}/keys",
                ["authorization_endpoint"] = $"{Authority}/authorize",
                ["token_endpoint"] = $"{Authority}/token",
                ["userinfo_endpoint"] = $"{Authority}/userinfo",
                ["end_session_endpoint"] = $"{Authority}/sign-out",
            }.ToJsonString(),
            "/userinfo" => UserInfo(context.Request),
            _ => $$"""{"keys":[{"kty":"RSA","use":"sig","kid":"{{KeyId}}","n":"{{modulus}}","e":"{{exponent}}"}]}""",
        });
    }

    private async Task RedeemAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        var grant = grants[form["code"].ToString()];
        grant.Request = form.ToDictionary(field => field.Key, field => field.Value.ToString());
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(new JsonObject
        {
            ["access_token"] = grant.Code,
            ["token_type"] = "Bearer",
            ["id_token"] = grant.IdToken,
        }.ToJsonString());
    }

    private string UserInfo(HttpRequest request)
    {
        var grant = grants[request.Headers.Authorization.ToString()["Bearer ".Length..]];
        grant.UserInfoCalls++;
        return grant.UserInfo!.ToJsonString();
    }
}

/// <summary>Represents a sign-in that the dashboard completes with a code.</summary>
/// <param name="Code">The code.</param>
/// <param name="IdToken">The ID token.</param>
/// <param name="UserInfo">The claims of the user info endpoint; null if it must not be called.</param>
public sealed record TestGrant(string Code, string IdToken, JsonObject? UserInfo)
{
    /// <summary>Gets or sets the fields of the token request; null if there was none.</summary>
    public Dictionary<string, string>? Request { get; set; }

    public int UserInfoCalls { get; set; }
}
