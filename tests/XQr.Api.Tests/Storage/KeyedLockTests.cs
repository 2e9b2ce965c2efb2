using Microsoft.Extensions.Time.Testing;
using XQr.Api.Storage;

namespace XQr.Api.Tests.Storage;

public sealed class KeyedLockTests
{
    private readonly FakeTimeProvider time = new();
    private readonly Guid key = Guid.NewGuid();

    [Fact]
    public async Task SameKey_OneAfterTheOther()
    {
        var keyed = new KeyedLock<Guid>(time);
        var (running, most, done) = (0, 0, 0);

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => keyed.RunAsync(
            key,
            async () =>
            {
                most = Math.Max(most, ++running);
                await Task.Yield();
                running--;
                return ++done;
            },
            default)));

        Assert.Equal((1, 50, 0), (most, done, keyed.Count));
    }

    [Fact]
    public async Task OtherKey_DoesNotWait()
    {
        var keyed = new KeyedLock<Guid>(time);
        var held = new TaskCompletionSource<int>();
        var holder = keyed.RunAsync(key, () => held.Task, default);

        Assert.Equal(1, await keyed.RunAsync(Guid.NewGuid(), () => Task.FromResult(1), default));

        Assert.Equal(1, keyed.Count);
        held.SetResult(2);
        Assert.Equal(2, await holder);
        Assert.Equal(0, keyed.Count);
    }

    [Fact]
    public async Task HolderThatTakesLong_OthersGoOnWithoutIt()
    {
        var keyed = new KeyedLock<Guid>(time);
        var held = new TaskCompletionSource<int>();
        var holder = keyed.RunAsync(key, () => held.Task, default);
        var waiter = keyed.RunAsync(key, () => Task.FromResult(1), default);
        Assert.False(waiter.IsCompleted);

        time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(1, await waiter);
        held.SetResult(2);
        Assert.Equal(2, await holder);
        Assert.Equal(0, keyed.Count);
    }

    [Fact]
    public async Task CancelledOrFailed_LeavesNothing()
    {
        var keyed = new KeyedLock<Guid>(time);
        var held = new TaskCompletionSource<int>();
        var holder = keyed.RunAsync(key, () => held.Task, default);
        using var cancelled = new CancellationTokenSource();
        var waiter = keyed.RunAsync(key, () => Task.FromResult(1), cancelled.Token);

        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiter);
        held.SetException(new InvalidOperationException());
        await Assert.ThrowsAsync<InvalidOperationException>(() => holder);
        Assert.Equal(0, keyed.Count);
        Assert.Equal(1, await keyed.RunAsync(key, () => Task.FromResult(1), default));
    }
}
