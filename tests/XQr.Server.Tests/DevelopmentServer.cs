namespace XQr.Server.Tests;

/// <summary>Starts one server in the environment Development for the tests that need no server of their own.</summary>
[CollectionDefinition(Collection)]
public sealed class DevelopmentServer : IAsyncLifetime, ICollectionFixture<DevelopmentServer>
{
    public const string Collection = "Development";

    private readonly TemporaryFolder folder = new();

    internal ServerProcess Process { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        Process = await ServerProcess.StartAsync(folder.Path, [("ASPNETCORE_ENVIRONMENT", "Development")], "--ephemeral");

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        folder.Dispose();
    }
}
