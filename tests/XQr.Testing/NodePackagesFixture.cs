using XQr.Server.Azurite;
using Xunit;

namespace XQr.Testing;

/// <summary>Installs the Node packages before the first test of an assembly.</summary>
public sealed class NodePackagesFixture : IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await NodePackages.EnsureInstalledAsync(Console.Error);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
