using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace XQr.Dashboard.Tests.SignIn;

/// <summary>Runs OpenIddict, an independent provider, on the loopback address. It signs in one person without a page.</summary>
public sealed class OpenIddictProvider : IAsyncDisposable
{
    private const string ClientId = "dashboard";
    private const string ClientSecret = "secret-of-the-dashboard";

    private readonly WebApplication host;

    private OpenIddictProvider(string email)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddOpenIddict().AddServer(server => Configure(server, email));
        host = builder.Build();
        host.UseAuthentication();
    }

    /// <summary>Gets the settings for an application that trusts this provider.</summary>
    public Dictionary<string, string?> Settings => new()
    {
        ["Xqr:Auth:Authority"] = $"{host.Urls.Single()}/",
        ["Xqr:Auth:ClientId"] = ClientId,
        ["Xqr:Auth:ClientSecret"] = ClientSecret,
        ["Xqr:Auth:Audience"] = "",
    };

    /// <summary>Gets the subjects of the ID tokens that came with a sign-out.</summary>
    public ConcurrentQueue<string?> SignedOut { get; } = new();

    public static async Task<OpenIddictProvider> StartAsync(string email)
    {
        var provider = new OpenIddictProvider(email);
        await provider.host.StartAsync();
        return provider;
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private void Configure(OpenIddictServerBuilder server, string email)
    {
        server.SetAuthorizationEndpointUris("authorize").SetTokenEndpointUris("token").SetEndSessionEndpointUris("end-session")
            .AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange().RegisterScopes(Scopes.Email, Scopes.Profile)
            .AddEphemeralEncryptionKey().AddEphemeralSigningKey()
            .EnableDegradedMode()
            .UseAspNetCore().DisableTransportSecurityRequirement();

        // Without a database, the provider asks these handlers who the client is.
        Handle<ValidateAuthorizationRequestContext>(server, context =>
        {
            if (context.ClientId != ClientId || !context.RedirectUri!.EndsWith("/dashboard/sign-in/callback", StringComparison.Ordinal))
            {
                context.Reject(Errors.InvalidClient);
            }
        });
        Handle<ValidateTokenRequestContext>(server, context =>
        {
            if (context.ClientId != ClientId || context.ClientSecret != ClientSecret)
            {
                context.Reject(Errors.InvalidClient);
            }
        });
        Handle<ValidateEndSessionRequestContext>(server, context => SignedOut.Enqueue(context.IdentityTokenHintPrincipal?.GetClaim(Claims.Subject)));
        Handle<HandleAuthorizationRequestContext>(server, context => context.SignIn(PrincipalOf(email, context.Request.GetScopes())));
        Handle<HandleEndSessionRequestContext>(server, context => context.SignOut());
    }

    private static ClaimsPrincipal PrincipalOf(string email, IEnumerable<string> scopes)
    {
        var identity = new ClaimsIdentity("provider");
        identity.SetClaim(Claims.Subject, $"subject of {email}").SetClaim(Claims.Email, email).SetClaim(Claims.EmailVerified, true)
            .SetClaim(Claims.Name, "Ada").SetScopes(scopes).SetDestinations(_ => [Destinations.IdentityToken]);
        return new(identity);
    }

    private static void Handle<TContext>(OpenIddictServerBuilder server, Action<TContext> handle)
        where TContext : BaseContext => server.AddEventHandler<TContext>(handler => handler.UseInlineHandler(context =>
        {
            handle(context);
            return default;
        }));
}
