using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace XQr.Api.Developers.SignIn;

/// <summary>The exception for a provider that does not return its keys, so that no token can be checked.</summary>
internal sealed class ProviderUnavailableException(Exception innerException)
    : Exception("The sign-in provider's keys can't be read.", innerException);

/// <summary>Reads the keys of the configured provider on their first use, and again from time to time.</summary>
internal sealed class SignInProvider : IConfigurationManager<OpenIdConnectConfiguration>
{
    /// <summary>The name of the HTTP client.</summary>
    public const string ClientName = "sign-in";

    /// <summary>The time to read both documents, the metadata and the keys, which leaves time to answer a request within 5 seconds.</summary>
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
            new DocumentRetriever(clients, requireHttps: !authority.IsLoopback));
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

    /// <summary>Reads each document with a new client of the factory, which follows changes of the provider's DNS entry.</summary>
    private sealed class DocumentRetriever(IHttpClientFactory clients, bool requireHttps) : IDocumentRetriever
    {
        public async Task<string> GetDocumentAsync(string address, CancellationToken cancel)
        {
            using var client = clients.CreateClient(ClientName);
            return await new HttpDocumentRetriever(client) { RequireHttps = requireHttps }.GetDocumentAsync(address, cancel);
        }
    }
}

/// <summary>Takes the place of a provider that is not configured: no token is valid.</summary>
internal sealed class NoProvider : IConfigurationManager<OpenIdConnectConfiguration>
{
    public Task<OpenIdConnectConfiguration> GetConfigurationAsync(CancellationToken cancel) =>
        throw new InvalidOperationException("No provider is configured.");

    public void RequestRefresh()
    {
    }
}
