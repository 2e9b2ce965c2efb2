using Xunit;

namespace XQr.Testing;

public sealed class AzuriteFixture : IAsyncLifetime
{
    public string ConnectionString { get; } = Environment.GetEnvironmentVariable("Xqr__Storage__ConnectionString")!;
    public ValueTask InitializeAsync() => default;
    public ValueTask DisposeAsync() => default;
}
