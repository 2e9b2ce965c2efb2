using XQr.Testing;
using XQr.Testing.Storage;

namespace XQr.Server.Tests;

/// <summary>A start and a command wait for storage that does not respond yet, longer than a request does.</summary>
public sealed class StorageWaitTests(AzuriteFixture azurite) : IDisposable
{
    private const string Waits = "Storage does not respond yet";
    private const string Setting = "--Xqr:Storage:ConnectionString";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Start_WaitsForStorage(bool hangs)
    {
        await using var gate = new StorageGate(azurite.ConnectionString);
        gate.Close(hangs);
        await using var server = ServerProcess.Launch(folder.Path, [], Setting, gate.ConnectionString);
        await server.ErrorsAsync(Waits);
        gate.Open();

        await server.ReadyAsync();

        using var client = server.NewClient(await CreateKeyAsync(azurite.ConnectionString));
        await client.NewLinkAsync();
        Assert.Single((await server.StopAsync()).Errors.Split('\n'), line => line.Contains(Waits, StringComparison.Ordinal));
    }

    [Fact]
    public async Task SlowStorage_DelaysTheStartAndTheCommands()
    {
        await using var gate = new StorageGate(azurite.ConnectionString);
        gate.Slow();

        await using var server = await ServerProcess.StartAsync(folder.Path, Setting, gate.ConnectionString);
        var key = await CreateKeyAsync(gate.ConnectionString);

        gate.Open();
        using var client = server.NewClient(key);
        await client.NewLinkAsync();
    }

    [Fact]
    public async Task Command_WaitsForStorage()
    {
        await using var gate = new StorageGate(azurite.ConnectionString);
        gate.Close(hangs: false);
        await using var command = ServerProcess.LaunchCommand(
            folder.Path, [], "workspace", "create", "--name", "Acme", Setting, gate.ConnectionString);
        await command.ErrorsAsync(Waits);
        gate.Open();

        Assert.StartsWith("ws_", (await command.EndedAsync()).Succeeded().LastLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signal_EndsTheWait()
    {
        await using var gate = new StorageGate(azurite.ConnectionString);
        gate.Close(hangs: false);
        await using var server = ServerProcess.Launch(folder.Path, [], Setting, gate.ConnectionString);
        await server.ErrorsAsync(Waits);

        var run = (await server.StopAsync()).Succeeded();

        Assert.DoesNotContain("can't be reached", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StorageThatNeverResponds_IsAnError()
    {
        await using var gate = new StorageGate(azurite.ConnectionString);
        gate.Close(hangs: false);
        string[] storage = [Setting, gate.ConnectionString];

        var runs = await Task.WhenAll(
            ServerProcess.RunAsync(folder.Path, ["serve", "--urls", "http://127.0.0.1:0", .. storage]),
            ServerProcess.RunAsync(folder.Path, ["workspace", "create", "--name", "Acme", .. storage]));

        Assert.All(runs, run =>
        {
            run.Failed(Waits);
            Assert.Matches(@"^Storage can't be reached: .+\. Each call was tried for 30 seconds\.$", run.Errors.TrimEnd().Split('\n')[^1]);
        });
    }

    private static async Task<string> CreateKeyAsync(string connectionString)
    {
        var workspace = await RunAsync("workspace", "create", "--name", "Acme");
        return await RunAsync("key", "create", "--workspace", workspace, "--name", "K", "--scopes", "*");

        async Task<string> RunAsync(params string[] arguments) => (await Command.RunOnAsync(connectionString, arguments)).Succeeded().LastLine;
    }
}
