using XQr.Api.Primitives;

namespace XQr.Api.Tests.Primitives;

public sealed class GenerationsTests
{
    private const int Threads = 4;

    [Fact]
    public void MoreThanItHolds_NeverOverCapacity()
    {
        var cache = new Generations<string>(10);
        for (var i = 0; i < 1_000; i++)
        {
            cache.GetOrAdd($"{i}", key => key);
            Assert.InRange(cache.Count, 1, 10);
        }
    }

    [Fact]
    public void Set_ReplacesInBothGenerations()
    {
        var cache = new Generations<string>(4);
        cache.Set("key", "first");
        cache.Set("other", "other");
        cache.Set("third", "third");

        cache.Set("key", "second");

        Assert.Equal("second", cache.GetOrAdd("key", _ => "made"));
        cache.Remove("key");
        Assert.False(cache.TryGet("key", out _));
    }

    /// <summary>
    /// Every thread uses all hot keys between two keys that it adds, so that fewer keys are added between two uses of a hot key than fill
    /// a generation, however the threads are scheduled.
    /// </summary>
    [Fact]
    public async Task HotKeysBesideAFloodOfOthers_AreMadeOnce()
    {
        const int Rounds = 100_000;
        string[] hot = [.. Enumerable.Range(0, 8).Select(index => $"hot{index}")];
        var cache = new Generations<object>(64);
        var made = 0;

        await InParallelAsync(thread =>
        {
            for (var round = 0; round < Rounds; round++)
            {
                foreach (var key in hot)
                {
                    cache.GetOrAdd(key, _ =>
                    {
                        Interlocked.Increment(ref made);
                        return new();
                    });
                }

                cache.GetOrAdd($"{thread}-{round}", _ => new());
            }
        });

        // Threads that begin at the same time may each make one, of which one is kept.
        Assert.InRange(made, hot.Length, hot.Length * Threads);
    }

    [Fact]
    public async Task RemovedWhileItIsUsed_DoesNotComeBack()
    {
        const int Rounds = 100_000;
        var cache = new Generations<object>(4);
        using var done = new CancellationTokenSource();
        var user = Task.Run(() =>
        {
            while (!done.IsCancellationRequested)
            {
                cache.GetOrAdd("key", _ => new());
            }
        });

        var back = 0;
        for (var round = 0; round < Rounds; round++)
        {
            // It goes to the old generation, from where its next use moves it.
            var removed = new object();
            cache.Set("key", removed);
            cache.Set("a", removed);
            cache.Set("b", removed);
            cache.Remove("key");
            for (var look = 0; look < 20; look++)
            {
                back += cache.TryGet("key", out var value) && ReferenceEquals(value, removed) ? 1 : 0;
            }
        }

        await done.CancelAsync();
        await user;
        Assert.Equal(0, back);
    }

    private static Task InParallelAsync(Action<int> act) =>
        Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Factory.StartNew(
            () => act(thread), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
}
