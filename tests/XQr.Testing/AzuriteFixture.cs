using XQr.Server.Azurite;
using Xunit;

namespace XQr.Testing;

/// <summary>Starts an Azurite process in memory for a test assembly. If it cannot start, the tests fail.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private AzuriteProcess? azurite;

    public string ConnectionString => azurite!.Connection.ConnectionString;

    public async ValueTask InitializeAsync()
    {
        var packages = await NodePackages.EnsureInstalledAsync(Console.Error);
        azurite = await AzuriteProcess.StartAsync(packages, location: null, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (azurite is not null)
        {
            await azurite.DisposeAsync();
        }
    }
}
