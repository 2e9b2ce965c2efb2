using Xunit;

namespace XQr.Testing.Secrets;

/// <summary>Asserts after all tests of an assembly that no secret was logged.</summary>
public sealed class LogWatchFixture : IAsyncLifetime
{
    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        LogWatch.Shared.Verify();
        return ValueTask.CompletedTask;
    }
}
