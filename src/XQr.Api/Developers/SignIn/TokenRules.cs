using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace XQr.Api.Developers.SignIn;

/// <summary>Which tokens are good: signed by the provider with a private key, meant for this service, and of this time.</summary>
internal sealed class TokenRules(IOptions<AuthOptions> auth, IConfigurationManager<OpenIdConnectConfiguration> provider, TimeProvider time) : IConfigureNamedOptions<JwtBearerOptions>
{
    /// <summary>How far the clocks of provider and service may be apart.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    /// <summary>Signatures of a key pair (RFC 7518, section 3.1). With a shared secret, a provider's public key would make tokens.</summary>
    private static readonly string[] Algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    public void Configure(string? name, JwtBearerOptions options)
    {
        options.ConfigurationManager = provider;
        options.MapInboundClaims = false;
        options.SaveToken = false;
        options.Events = new() { OnTokenValidated = RejectCritical };
        options.TokenValidationParameters = new()
        {
            ValidAlgorithms = Algorithms,
            ValidAudience = auth.Value.Audience,
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            ValidateAudience = true,
            ValidateIssuer = true,
            ValidateIssuerSigningKey = true,
            LifetimeValidator = IsOfThisTime,
        };
    }

    public void Configure(JwtBearerOptions options) => Configure(Options.DefaultName, options);

    /// <summary>An extension that is marked as critical must be understood (RFC 7515, section 4.1.11); none is.</summary>
    private static Task RejectCritical(TokenValidatedContext context)
    {
        if (context.SecurityToken is not JsonWebToken token || token.TryGetHeaderValue<object>("crit", out _))
        {
            context.Fail("The token has a critical extension.");
        }

        return Task.CompletedTask;
    }

    /// <summary>By the service's clock; the library knows only the system's.</summary>
    private bool IsOfThisTime(DateTime? notBefore, DateTime? expires, SecurityToken token, TokenValidationParameters parameters)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return expires is { } end && now < end + ClockSkew && !(notBefore > now + ClockSkew);
    }
}
