using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using XQr.Api.Developers.SignIn;

namespace XQr.Dashboard.SignIn;

/// <summary>Configures the sign-in at the provider: the code flow with PKCE, and a token that passes the rules of the API's tokens.</summary>
internal sealed class ProviderRules(
    IOptions<AuthOptions> auth,
    IConfigurationManager<OpenIdConnectConfiguration> provider,
    TokenRules rules,
    ProviderEvents events,
    TimeProvider time)
    : IConfigureNamedOptions<OpenIdConnectOptions>
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(10);

    public void Configure(string? name, OpenIdConnectOptions options)
    {
        options.ConfigurationManager = provider;
        options.ClientId = auth.Value.ClientId;
        options.ClientSecret = auth.Value.ClientSecret is { Length: > 0 } secret ? secret : null;
        options.ResponseType = OpenIdConnectResponseType.Code;
        options.UsePkce = true;

        // With a response in the query, the browser sends the cookies of the sign-in although they are Lax.
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.CorrelationCookie.SameSite = options.NonceCookie.SameSite = SameSiteMode.Lax;
        options.CorrelationCookie.SecurePolicy = options.NonceCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.CorrelationCookie.Name = "xqr-sign-in-";
        options.NonceCookie.Name = "xqr-sign-in-nonce-";

        options.CallbackPath = Paths.SignInCallback;
        options.Scope.Add("email");
        options.MapInboundClaims = false;
        options.GetClaimsFromUserInfoEndpoint = true;
        options.ClaimActions.MapUniqueJsonKey(auth.Value.EmailVerifiedClaim, auth.Value.EmailVerifiedClaim);
        options.TokenValidationParameters = rules.CreateParameters(auth.Value.ClientId);
        options.SaveTokens = true;
        options.DisableTelemetry = true;
        options.BackchannelTimeout = CallTimeout;
        options.BackchannelHttpHandler = new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        options.TimeProvider = time;
        options.Events = events;
    }

    public void Configure(OpenIdConnectOptions options) => Configure(Options.DefaultName, options);
}
