using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using XQr.Api.Developers.SignIn;

namespace XQr.Dashboard.SignIn;

/// <summary>
/// Runs ASP.NET Core's handler of OpenID Connect alone. With its registry of schemes, a web application would run the handler for every
/// request, including redirects and API calls.
/// </summary>
internal sealed class ProviderSignIn(
    IOptions<AuthOptions> auth, IConfigurationManager<OpenIdConnectConfiguration> provider, IServiceProvider services)
{
    private static readonly AuthenticationScheme Scheme = new("OpenIdConnect", displayName: null, typeof(ProviderHandler));

    /// <summary>Gets a value that indicates whether people can sign in.</summary>
    public bool IsAvailable => auth.Value.HasClient && provider is not NoProvider;

    /// <summary>Sends the browser to the provider.</summary>
    /// <param name="context">The request.</param>
    /// <param name="returnPath">The page to show after the sign-in.</param>
    public async Task StartAsync(HttpContext context, string returnPath)
    {
        var handler = await NewHandlerAsync(context);
        await handler.ChallengeAsync(new AuthenticationProperties { RedirectUri = returnPath });
    }

    /// <summary>Handles the response of the provider, which the browser brings. <see cref="ProviderEvents"/> writes the response.</summary>
    public async Task CompleteAsync(HttpContext context)
    {
        var handler = await NewHandlerAsync(context);
        await handler.HandleRequestAsync();
    }

    /// <summary>Returns the URL at which the provider ends its session too; null if it has none or does not respond.</summary>
    /// <param name="context">The request.</param>
    /// <param name="idToken">The token of the sign-in; null if it is unknown.</param>
    public async Task<string?> FindSignOutAsync(HttpContext context, string? idToken)
    {
        try
        {
            var configuration = await provider.GetConfigurationAsync(context.RequestAborted);
            var request = context.Request;
            return configuration.EndSessionEndpoint is { Length: > 0 } endpoint
                ? new OpenIdConnectMessage
                {
                    IssuerAddress = endpoint,
                    EnableTelemetryParameters = false,
                    ClientId = auth.Value.ClientId,
                    IdTokenHint = idToken,
                    PostLogoutRedirectUri = $"{request.Scheme}://{request.Host}{Paths.SignOutCallback}",
                }.CreateLogoutRequestUrl()
                : null;
        }
        catch (ProviderUnavailableException)
        {
            return null;
        }
    }

    private async Task<ProviderHandler> NewHandlerAsync(HttpContext context)
    {
        var handler = services.GetRequiredService<ProviderHandler>();
        await handler.InitializeAsync(Scheme, context);
        return handler;
    }
}
