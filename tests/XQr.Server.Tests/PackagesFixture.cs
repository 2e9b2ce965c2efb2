using XQr.Server.Azurite;
using XQr.Server.Tests;

[assembly: AssemblyFixture(typeof(PackagesFixture))]

namespace XQr.Server.Tests;

/// <summary>Installs the Node packages before the first server starts.</summary>
public sealed class PackagesFixture : IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await NodePackages.EnsureInstalledAsync(Console.Error);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
