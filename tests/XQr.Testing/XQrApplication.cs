using System.Net.Http.Headers;
using Azure.Core.Pipeline;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using XQr.Api;
using XQr.Api.Developers.SignIn;
using XQr.Api.Storage;
using XQr.Api.Tenancy;
using XQr.Api.Urls;
using XQr.Dashboard;
using XQr.Testing.Secrets;
using XQr.Testing.Storage;

namespace XQr.Testing;

/// <summary>Runs the application on Kestrel, on a free port of the loopback address, with real storage.</summary>
public sealed class XQrApplication : IAsyncDisposable
{
    /// <summary>The base URL of short links. It differs from the served address, so that tests notice confusion.</summary>
    public const string PublicBaseUrl = "https://xqr.test";

    /// <summary>The requests after which an instance that shares a counter holds tokens: it leases 1, 2 and 4.</summary>
    private const int RequestsForLease = 4;

    private readonly WebApplication host;

    private XQrApplication(WebApplication host)
    {
        this.host = host;
        Address = new Uri(host.Urls.Single());
        Client = NewClient();
    }

    public Uri Address { get; }

    /// <summary>Gets a client without a key that does not follow redirects.</summary>
    public HttpClient Client { get; }

    public required StorageCalls Calls { get; init; }

    public required StorageFaults Faults { get; init; }

    public required StorageTimeout StorageTimeout { get; init; }

    /// <summary>Gets the log lines of the application.</summary>
    public required LogLines Logs { get; init; }

    /// <summary>Starts an instance.</summary>
    /// <param name="connectionString">The connection string of storage.</param>
    /// <param name="settings">Additional settings.</param>
    /// <param name="configure">Replaces services of the application.</param>
    public static async Task<XQrApplication> StartAsync(
        string connectionString, IDictionary<string, string?>? settings = null, Action<IServiceCollection>? configure = null)
    {
        var (calls, faults, timeout, logs) = (new StorageCalls(), new StorageFaults(), new StorageTimeout(), new LogLines());
        LogWatch.Shared.AddConnectionString(connectionString);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Xqr:Storage:ConnectionString"] = connectionString,
            ["Xqr:PublicBaseUrl"] = PublicBaseUrl,
        });
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Logging.ClearProviders().AddProvider(logs).SetMinimumLevel(LogLevel.Debug);
        builder.Services.AddSingleton<HttpPipelinePolicy>(timeout).AddSingleton<HttpPipelinePolicy>(faults).AddSingleton<HttpPipelinePolicy>(calls);
        builder.Services.AddXQr(builder.Configuration).AddXQrDashboard();
        ExtendTimeouts(builder.Services);
        configure?.Invoke(builder.Services);

        var host = builder.Build();
        host.UseXQrDashboard().UseXQr();
        await host.Services.GetRequiredService<StorageSetup>().EnsureCreatedAsync();
        await host.StartAsync();

        // The default of tests that set no base URL.
        host.Services.GetRequiredService<PublicUrls>().ServedAt = host.Urls.Single();
        return new XQrApplication(host) { Calls = calls, Faults = faults, StorageTimeout = timeout, Logs = logs };
    }

    public T Service<T>()
        where T : notnull => host.Services.GetRequiredService<T>();

    /// <summary>Creates a client that does not follow redirects.</summary>
    /// <param name="key">The API key or token to send, or null.</param>
    public HttpClient NewClient(string? key = null)
    {
        var client = new HttpClient(new SecretSpotter()) { BaseAddress = Address };
        client.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    /// <summary>Creates a workspace with a key and a client that sends it. Each test has its own workspace.</summary>
    public async Task<TestWorkspace> NewWorkspaceAsync(Plan plan = Plan.Enterprise, params string[] scopes)
    {
        var workspace = await Service<WorkspaceStore>().CreateAsync(new("Test", plan), CancellationToken.None);
        var key = await NewKeyAsync(workspace.Id, scopes);
        return new(workspace.Id, key, NewClient(key), NewClient);
    }

    /// <summary>Creates a key, even if the workspace has as many as its plan allows.</summary>
    public async Task<string> NewKeyAsync(string workspaceId, params string[] scopes)
    {
        var draft = new KeyDraft("Test", scopes is [] ? ["*"] : scopes, ExpiresAt: null);
        var created = await Service<ApiKeyStore>().CreateAsync(Principal.Operator(workspaceId), draft, _ => null, CancellationToken.None);
        LogWatch.Shared.AddCredential(created.Text!);
        return created.Text!;
    }

    /// <summary>
    /// Sends requests with a key, and waits until its use is recorded. So the next three requests use leased tokens, even if other instances
    /// have used the key, and do not call storage in the background.
    /// </summary>
    public async Task UseAsync(string key)
    {
        using var client = NewClient(key);
        for (var request = 0; request < RequestsForLease; request++)
        {
            await client.GetAsync("/api/v1/links");
        }

        await Eventually.TrueAsync(
            async () => (await Service<ApiKeyStore>().FindAsync(ApiKeyText.PrefixOf(key)!, CancellationToken.None))!.LastUsedAt is not null,
            "The use of the key is recorded.");
    }

    /// <summary>Stops the application gracefully: requests are completed, and scans are stored.</summary>
    public Task StopAsync() => host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await host.DisposeAsync();
    }

    /// <summary>
    /// Extends the timeouts of the service, which a busy machine may exceed. Those of storage are <see cref="Storage.StorageTimeout"/>.
    /// </summary>
    private static void ExtendTimeouts(IServiceCollection services)
    {
        var minute = TimeSpan.FromMinutes(1);
        new TestTimeProvider().Register(services);
        services.AddHttpClient(SignInProvider.ClientName, client => client.Timeout = minute);
        services.PostConfigure<HealthCheckServiceOptions>(options => options.Registrations.ToList().ForEach(check => check.Timeout = minute));
    }
}
