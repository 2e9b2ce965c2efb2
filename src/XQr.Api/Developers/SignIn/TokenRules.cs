using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace XQr.Api.Developers.SignIn;

/// <summary>Configures the check of tokens: a valid token is signed by the provider, meant for this service, and not expired.</summary>
internal sealed class TokenRules(
    IOptions<AuthOptions> auth, IConfigurationManager<OpenIdConnectConfiguration> provider, TimeProvider time)
    : IConfigureNamedOptions<JwtBearerOptions>
{
    /// <summary>The maximum difference between the clocks of provider and service.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    /// <summary>The algorithms with a key pair (RFC 7518, section 3.1). With a shared secret, anyone could sign with the public key.</summary>
    private static readonly string[] Algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    public void Configure(string? name, JwtBearerOptions options)
    {
        options.ConfigurationManager = provider;
        options.MapInboundClaims = false;
        options.SaveToken = false;
        options.Events = new() { OnTokenValidated = RejectCritical };
        options.TokenValidationParameters = CreateParameters(auth.Value.ApiAudience);
    }

    public void Configure(JwtBearerOptions options) => Configure(Options.DefaultName, options);

    /// <summary>Creates the rules of all tokens of the provider, for one audience.</summary>
    public TokenValidationParameters CreateParameters(string? audience) => new()
    {
        ValidAlgorithms = Algorithms,
        ValidAudience = audience,
        RequireExpirationTime = true,
        RequireSignedTokens = true,
        ValidateAudience = true,
        ValidateIssuer = true,
        ValidateIssuerSigningKey = true,
        LifetimeValidator = IsValidNow,
    };

    /// <summary>Rejects tokens with a critical extension, which must be understood (RFC 7515, section 4.1.11); none is supported.</summary>
    private static Task RejectCritical(TokenValidatedContext context)
    {
        if (context.SecurityToken is not JsonWebToken token || token.TryGetHeaderValue<object>("crit", out _))
        {
            context.Fail("The token has a critical extension.");
        }

        return Task.CompletedTask;
    }

    /// <summary>Returns whether a token is valid at the time of the service's clock. The library knows only the system's clock.</summary>
    private bool IsValidNow(DateTime? notBefore, DateTime? expires, SecurityToken token, TokenValidationParameters parameters)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return expires is { } end && now < end + ClockSkew && !(notBefore > now + ClockSkew);
    }
}
