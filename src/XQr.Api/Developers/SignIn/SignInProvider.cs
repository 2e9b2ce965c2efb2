using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace XQr.Api.Developers.SignIn;

/// <summary>The provider can't be asked for its keys, so that nothing is known of a token.</summary>
internal sealed class ProviderUnavailableException(Exception innerException) : Exception("The sign-in provider's keys can't be read.", innerException);

/// <summary>The keys of the configured provider, read when they are first needed and again now and then.</summary>
internal sealed class SignInProvider : IConfigurationManager<OpenIdConnectConfiguration>
{
    /// <summary>The name of the HTTP client.</summary>
    public const string ClientName = "sign-in";

    /// <summary>The description and the keys are two documents, and a request is answered within 5 seconds.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(4);

    private readonly ConfigurationManager<OpenIdConnectConfiguration> configuration;
    private readonly TimeProvider time;

    public SignInProvider(IOptions<AuthOptions> options, IHttpClientFactory clients, TimeProvider time)
    {
        this.time = time;
        var authority = new Uri(options.Value.Authority!.TrimEnd('/') + "/", UriKind.Absolute);
        configuration = new(
            new Uri(authority, ".well-known/openid-configuration").AbsoluteUri,
            new OpenIdConnectConfigurationRetriever(),
            new Documents(clients, requireHttps: !authority.IsLoopback));
    }

    public async Task<OpenIdConnectConfiguration> GetConfigurationAsync(CancellationToken cancel)
    {
        try
        {
            return await configuration.GetConfigurationAsync(CancellationToken.None).WaitAsync(Timeout, time, cancel);
        }
        catch (Exception exception) when (!cancel.IsCancellationRequested)
        {
            throw new ProviderUnavailableException(exception);
        }
    }

    public void RequestRefresh() => configuration.RequestRefresh();

    /// <summary>Reads each document by a new client of the factory, which knows when a name leads to another address.</summary>
    private sealed class Documents(IHttpClientFactory clients, bool requireHttps) : IDocumentRetriever
    {
        public async Task<string> GetDocumentAsync(string address, CancellationToken cancel)
        {
            using var client = clients.CreateClient(ClientName);
            return await new HttpDocumentRetriever(client) { RequireHttps = requireHttps }.GetDocumentAsync(address, cancel);
        }
    }
}

/// <summary>Stands where no provider is configured: no token is good.</summary>
internal sealed class NoProvider : IConfigurationManager<OpenIdConnectConfiguration>
{
    public Task<OpenIdConnectConfiguration> GetConfigurationAsync(CancellationToken cancel) => throw new InvalidOperationException("No provider is configured.");

    public void RequestRefresh()
    {
    }
}
