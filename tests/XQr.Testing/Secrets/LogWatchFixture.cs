using Xunit;

namespace XQr.Testing.Secrets;

/// <summary>Fails the run of a test assembly that has logged a secret.</summary>
public sealed class LogWatchFixture : IAsyncLifetime
{
    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        LogWatch.Shared.Verify();
        return ValueTask.CompletedTask;
    }
}
