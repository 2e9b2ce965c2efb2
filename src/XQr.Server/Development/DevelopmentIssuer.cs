using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using XQr.Api.Developers.SignIn;
using XQr.Api.Storage;

namespace XQr.Server.Development;

/// <summary>
/// Represents an OpenID Connect provider for development on one machine, which issues a token for any e-mail address. Its key is created at
/// startup and is not stored.
/// </summary>
internal sealed class DevelopmentIssuer : IConfigurationManager<OpenIdConnectConfiguration>, IDisposable
{
    public const string Audience = "xqr-development";

    private const string Algorithm = SecurityAlgorithms.EcdsaSha256;
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    private readonly ECDsaSecurityKey key = new(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = "development" };

    /// <summary>Gets or sets the issuer, which is the served address, or null while the server starts.</summary>
    public string? Address { get; set; }

    /// <summary>Gets or sets the address of the owner of the workspace, which the sign-in proposes.</summary>
    public string? OwnerEmail { get; set; }

    /// <summary>Gets the issued codes.</summary>
    public DevelopmentCodes Codes { get; } = new(TimeProvider.System);

    /// <summary>Gets the provider metadata (OpenID Connect Discovery 1.0, 3).</summary>
    public JsonObject Discovery => new()
    {
        ["issuer"] = Address,
        ["jwks_uri"] = $"{Address}{DevelopmentSignIn.KeysPath}",
        ["token_endpoint"] = $"{Address}{DevelopmentSignIn.TokenPath}",
        ["authorization_endpoint"] = $"{Address}{DevelopmentSignIn.AuthorizationPath}",
        ["end_session_endpoint"] = $"{Address}{DevelopmentSignIn.SignOutPath}",
        ["response_types_supported"] = new JsonArray("code"),
        ["grant_types_supported"] = new JsonArray("authorization_code"),
        ["code_challenge_methods_supported"] = new JsonArray("S256"),
        ["subject_types_supported"] = new JsonArray("public"),
        ["id_token_signing_alg_values_supported"] = new JsonArray(Algorithm),
    };

    /// <summary>Gets the public keys (RFC 7517).</summary>
    public JsonObject Keys
    {
        get
        {
            var point = key.ECDsa.ExportParameters(includePrivateParameters: false).Q;
            return new()
            {
                ["keys"] = new JsonArray(new JsonObject
                {
                    ["kty"] = "EC",
                    ["use"] = "sig",
                    ["alg"] = Algorithm,
                    ["kid"] = key.KeyId,
                    ["crv"] = "P-256",
                    ["x"] = Base64Url.EncodeToString(point.X),
                    ["y"] = Base64Url.EncodeToString(point.Y),
                }),
            };
        }
    }

    /// <summary>
    /// Adds the issuer as a trusted provider if the environment is Development, no provider is configured and no Azure account is used. With
    /// an Azure account, anyone who can reach this address could sign in as a real member.
    /// </summary>
    public static DevelopmentIssuer? AddTo(WebApplicationBuilder builder)
    {
        if (!builder.Environment.IsDevelopment()
            || builder.Configuration[$"{AuthOptions.Section}:{nameof(AuthOptions.Authority)}"] is { Length: > 0 }
            || builder.Configuration[$"{StorageOptions.Section}:{nameof(StorageOptions.AccountName)}"] is { Length: > 0 })
        {
            return null;
        }

        var issuer = new DevelopmentIssuer();
        builder.Configuration[$"{AuthOptions.Section}:{nameof(AuthOptions.ClientId)}"] = Audience;
        builder.Configuration[$"{AuthOptions.Section}:{nameof(AuthOptions.Audience)}"] = Audience;
        builder.Configuration[$"{AuthOptions.Section}:{nameof(AuthOptions.AllowWorkspaceCreation)}"] ??= "true";
        builder.Services.AddSingleton<IConfigurationManager<OpenIdConnectConfiguration>>(issuer);
        return issuer;
    }

    /// <summary>Creates the response of the token endpoint.</summary>
    /// <param name="email">The address of the person.</param>
    /// <param name="name">The name of the person; null for none.</param>
    /// <param name="now">The current time.</param>
    /// <param name="code">The code of the sign-in, for which the token is an ID token too; null for a token for the API only.</param>
    public JsonObject CreateTokenResponse(string email, string? name, DateTimeOffset now, DevelopmentCode? code = null)
    {
        var claims = new JsonObject
        {
            ["iss"] = Address,
            ["aud"] = Audience,
            ["sub"] = email,
            ["email"] = email,
            ["email_verified"] = true,
            ["name"] = name,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = (now + Lifetime).ToUnixTimeSeconds(),
        };
        if (code?.Nonce is { } nonce)
        {
            claims["nonce"] = nonce;
        }

        var token = Handler.CreateToken(claims.ToJsonString(), new SigningCredentials(key, Algorithm));
        var response = new JsonObject
        {
            ["access_token"] = token,
            ["token_type"] = "Bearer",
            ["expires_in"] = (int)Lifetime.TotalSeconds,
        };
        if (code is not null)
        {
            response["id_token"] = token;
        }

        return response;
    }

    public Task<OpenIdConnectConfiguration> GetConfigurationAsync(CancellationToken cancel) =>
        Task.FromResult(new OpenIdConnectConfiguration
        {
            Issuer = Address,
            AuthorizationEndpoint = $"{Address}{DevelopmentSignIn.AuthorizationPath}",
            TokenEndpoint = $"{Address}{DevelopmentSignIn.TokenPath}",
            EndSessionEndpoint = $"{Address}{DevelopmentSignIn.SignOutPath}",
            SigningKeys = { key },
        });

    public void RequestRefresh()
    {
    }

    public void Dispose() => key.ECDsa.Dispose();
}
