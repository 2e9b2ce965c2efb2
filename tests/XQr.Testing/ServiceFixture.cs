using Microsoft.Extensions.DependencyInjection;
using XQr.Api.Workspaces;
using XQr.Testing.Secrets;
using Xunit;

namespace XQr.Testing;

/// <summary>
/// One storage and one instance of the application for a whole test assembly. Tests keep apart by their workspaces. At the end, whatever
/// the assembly has logged is searched for secrets.
/// </summary>
public sealed class ServiceFixture : IAsyncLifetime
{
    private readonly AzuriteFixture azurite = new();

    public string ConnectionString => azurite.ConnectionString;

    public XQrApplication Application { get; private set; } = null!;

    public HttpClient Client => Application.Client;

    public async ValueTask InitializeAsync()
    {
        await azurite.InitializeAsync();
        Application = await XQrApplication.StartAsync(ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await Application.DisposeAsync();
        await azurite.DisposeAsync();
        LogWatch.Shared.Verify();
    }

    public Task<TestWorkspace> NewWorkspaceAsync(Plan plan = Plan.Enterprise, params string[] scopes) =>
        Application.NewWorkspaceAsync(plan, scopes);

    /// <summary>Starts another instance on the same storage.</summary>
    public Task<XQrApplication> StartAnotherAsync(
        IDictionary<string, string?>? settings = null, Action<IServiceCollection>? services = null) =>
        XQrApplication.StartAsync(ConnectionString, settings, services);
}
