using Microsoft.Extensions.DependencyInjection;
using XQr.Api.Tenancy;
using XQr.Testing.Secrets;
using Xunit;

namespace XQr.Testing;

/// <summary>
/// Starts storage and an instance of the application for a test assembly. Each test has its own workspace. At the end, all log lines are
/// searched for secrets.
/// </summary>
public sealed class ServiceFixture : IAsyncLifetime
{
    private readonly AzuriteFixture azurite = new();

    public string ConnectionString => azurite.ConnectionString;

    public XQrApplication Application { get; private set; } = null!;

    public HttpClient Client => Application.Client;

    /// <summary>Gets the provider for the sign-in of members.</summary>
    public TestIssuer Issuer { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await azurite.InitializeAsync();
        Issuer = await TestIssuer.StartAsync();
        Application = await StartAnotherAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Application.DisposeAsync();
        await Issuer.DisposeAsync();
        await azurite.DisposeAsync();
        LogWatch.Shared.Verify();
    }

    public Task<TestWorkspace> NewWorkspaceAsync(Plan plan = Plan.Enterprise, params string[] scopes) =>
        Application.NewWorkspaceAsync(plan, scopes);

    /// <summary>Creates a workspace with an invited owner, and a client that sends the owner's token.</summary>
    public async Task<TestMember> NewOwnedWorkspaceAsync(Plan plan = Plan.Enterprise)
    {
        var email = $"owner-{Guid.NewGuid():N}@example.com";
        var workspace = await Application.Service<WorkspaceStore>().CreateAsync(new("Test", plan, OwnerEmail: email), CancellationToken.None);
        return new(workspace.Id, email, Application.NewClient(Issuer.Token(email)));
    }

    /// <summary>Starts another instance on the same storage.</summary>
    public Task<XQrApplication> StartAnotherAsync(
        IDictionary<string, string?>? settings = null, Action<IServiceCollection>? services = null)
    {
        var all = Issuer.Settings;
        foreach (var (name, value) in settings ?? new Dictionary<string, string?>())
        {
            all[name] = value;
        }

        return XQrApplication.StartAsync(ConnectionString, all, services);
    }

    /// <summary>Sends a GET request with a key or a token.</summary>
    public async Task<HttpResponseMessage> GetAsync(string credential, string path)
    {
        using var client = Application.NewClient(credential);
        return await client.GetAsync(path);
    }
}
