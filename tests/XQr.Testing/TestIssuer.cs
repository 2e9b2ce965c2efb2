using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using XQr.Testing.Network;

namespace XQr.Testing;

/// <summary>An OpenID Connect provider of the tests: its description and keys over HTTP, and tokens of every kind, the bad ones included.</summary>
public sealed class TestIssuer : IAsyncDisposable
{
    public const string Audience = "xqr-tests";
    public const string KeyId = "test-key";

    private readonly WebApplication host;
    private readonly RSA key = RSA.Create(2048);
    private TaskCompletionSource? silence;

    private TestIssuer() => host = LoopbackHost.New(AnswerAsync);

    public string Authority => host.Urls.Single();

    /// <summary>What the application must be told to trust this provider.</summary>
    public Dictionary<string, string?> Settings => new() { ["Xqr:Auth:Authority"] = Authority, ["Xqr:Auth:Audience"] = Audience };

    /// <summary>The status that the provider answers instead of its documents; 0 for its documents.</summary>
    public int FailsWith { get; set; }

    public string PublicKeyPem => key.ExportSubjectPublicKeyInfoPem();

    public static async Task<TestIssuer> StartAsync()
    {
        var issuer = new TestIssuer();
        await issuer.host.StartAsync();
        return issuer;
    }

    /// <summary>From now on nothing is answered, until it is disposed of.</summary>
    public void Hang() => silence = new();

    /// <summary>The claims of a good token.</summary>
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

    public string Token(string email, string? subject = null) => Sign(Claims(email, subject));

    /// <summary>A token of any claims, signed by the provider's key.</summary>
    /// <param name="claims">The claims.</param>
    /// <param name="headers">Further members of the header, each with a comma before it.</param>
    public string Sign(JsonObject claims, string headers = "") =>
        Token("RS256", claims, content => key.SignData(content, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), headers);

    /// <summary>A token of any algorithm, claims and signature.</summary>
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

    private async Task AnswerAsync(HttpContext context)
    {
        if (silence is not null)
        {
            await silence.Task;
        }

        if (FailsWith != 0)
        {
            context.Response.StatusCode = FailsWith;
            return;
        }

        var parameters = key.ExportParameters(includePrivateParameters: false);
        await context.Response.WriteAsync(context.Request.Path.Value switch
        {
            "/.well-known/openid-configuration" => $$"""{"issuer":"{{Authority}}","jwks_uri":"{{Authority}}/keys"}""",
            _ => $$"""{"keys":[{"kty":"RSA","use":"sig","kid":"{{KeyId}}","n":"{{Base64Url.EncodeToString(parameters.Modulus)}}","e":"{{Base64Url.EncodeToString(parameters.Exponent)}}"}]}""",
        });
    }
}
