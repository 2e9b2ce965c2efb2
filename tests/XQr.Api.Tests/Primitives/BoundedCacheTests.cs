using Microsoft.Extensions.Time.Testing;
using XQr.Api.Primitives;

namespace XQr.Api.Tests.Primitives;

public sealed class BoundedCacheTests
{
    private const int Threads = 4;

    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(10);

    private readonly FakeTimeProvider time = new();

    [Fact]
    public void MoreThanItHolds_NeverOverCapacity()
    {
        var cache = New<string>(10);
        for (var i = 0; i < 1_000; i++)
        {
            cache.GetOrAdd($"{i}", key => key);
            Assert.InRange(cache.Count, 1, 10);
        }
    }

    [Fact]
    public void Set_ReplacesInBothGenerations()
    {
        var cache = New<string>(4);
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
        var cache = New<object>(64);
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
        var cache = New<object>(4);
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

    [Fact]
    public void Sized_KeepsWhatIsUsedAndNeverMoreThanItMay()
    {
        var cache = NewOfBytes();
        for (var i = 0; i < 100; i++)
        {
            cache.Set($"{i}", new byte[100]);
            cache.GetOrAdd("used", _ => new byte[100]);
            Assert.True(cache.TryGet("used", out _));
            Assert.InRange(cache.Size, 100, 1_000);
        }
    }

    [Fact]
    public void LargerThanAQuarter_IsNotCached()
    {
        var cache = NewOfBytes();
        cache.Set("large", new byte[251]);
        Assert.Equal(251, cache.GetOrAdd("other", _ => new byte[251]).Length);

        Assert.False(cache.TryGet("large", out _));
        Assert.Equal((0, 0), (cache.Count, cache.Size));
    }

    [Fact]
    public void ReplacedByALargerOne_OldValueIsGone()
    {
        var cache = NewOfBytes();
        cache.Set("key", new byte[100]);
        cache.Set("key", new byte[251]);

        Assert.False(cache.TryGet("key", out _));
        Assert.Equal(0, cache.Size);
    }

    [Fact]
    public void ValuesThatGrow_CountWithTheirNewSize()
    {
        var cache = new BoundedCache<List<int>>(1_000, Idle, time, list => 1 + list.Count);
        for (var i = 0; i < 100; i++)
        {
            var list = cache.GetOrAdd($"{i}", _ => []);
            list.AddRange(new int[99]);
            cache.Resize($"{i}", list);
            Assert.InRange(cache.Size, 100, 1_000);
            Assert.True(cache.TryGet($"{i}", out _));
        }

        cache.Resize("99", []);
        Assert.True(cache.TryGet("99", out var last));
        Assert.Equal(99, last.Count);
    }

    [Fact]
    public void Idle_BecomesEmptyAndWorksAgain()
    {
        var cache = New<string>(100);
        for (var round = 0; round < 2; round++)
        {
            cache.Set("unused", "unused");
            cache.Set("used", "used");
            time.Advance(Idle);
            Assert.True(cache.TryGet("used", out _));
            time.Advance(Idle);
            Assert.False(cache.TryGet("unused", out _));
            Assert.True(cache.TryGet("used", out _));

            time.Advance(Idle);
            time.Advance(Idle);
            Assert.Equal((0, 0), (cache.Count, cache.Size));
        }
    }

    private BoundedCache<TValue> New<TValue>(int capacity) => new(capacity, Idle, time);

    private BoundedCache<byte[]> NewOfBytes() => new(1_000, Idle, time, bytes => bytes.Length);

    private static Task InParallelAsync(Action<int> act) =>
        Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Factory.StartNew(
            () => act(thread), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
}
