using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using XQr.Api.Storage;

namespace XQr.Api.Tests.Storage;

public sealed class ReadThroughCacheTests
{
    private static readonly CacheAges Ages = new(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(8), TimeSpan.FromHours(1));

    private readonly FakeTimeProvider time = new();
    private Func<Task<string?>> storage = () => Task.FromResult<string?>("first");
    private int reads;

    [Fact]
    public async Task Fresh_IsNotReadAgain()
    {
        var cache = NewCache();
        await cache.GetAsync("key", default);
        time.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal("first", await cache.GetAsync("key", default));
        Assert.Equal(1, reads);
    }

    [Fact]
    public async Task Nothing_IsKeptToo()
    {
        storage = () => Task.FromResult<string?>(null);
        var cache = NewCache();

        Assert.Null(await cache.GetAsync("key", default));
        Assert.Null(await cache.GetAsync("key", default));
        Assert.Equal(1, reads);
    }

    [Fact]
    public async Task Usable_IsGivenWhileItIsReadAgain()
    {
        var cache = NewCache();
        await cache.GetAsync("key", default);
        storage = () => Task.FromResult<string?>("second");
        time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("first", await cache.GetAsync("key", default));
        Assert.Equal("second", await cache.GetAsync("key", default));
    }

    [Fact]
    public async Task Aged_IsReadBeforeItIsGiven()
    {
        var cache = NewCache();
        await cache.GetAsync("key", default);
        storage = () => Task.FromResult<string?>("second");
        time.Advance(TimeSpan.FromSeconds(9));

        Assert.Equal("second", await cache.GetAsync("key", default));
    }

    [Fact]
    public async Task Outage_AgedIsBetterThanNone()
    {
        var cache = NewCache();
        await cache.GetAsync("key", default);
        storage = () => throw new HttpRequestException("Down.");
        time.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal("first", await cache.GetAsync("key", default));

        time.Advance(TimeSpan.FromMinutes(2));
        await Assert.ThrowsAsync<HttpRequestException>(async () => await cache.GetAsync("key", default));
    }

    [Fact]
    public async Task Outage_StorageIsLeftAloneForASecond()
    {
        var cache = NewCache();
        await cache.GetAsync("key", default);
        storage = () => throw new HttpRequestException("Down.");
        time.Advance(TimeSpan.FromSeconds(9));
        await cache.GetAsync("key", default);
        Assert.Equal(2, reads);

        time.Advance(TimeSpan.FromMilliseconds(999));
        Assert.Equal("first", await cache.GetAsync("key", default));
        Assert.Equal(2, reads);

        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal("first", await cache.GetAsync("key", default));
        Assert.Equal(3, reads);
    }

    [Fact]
    public async Task OutageInTheBackground_StorageIsLeftAloneForASecond()
    {
        var cache = NewCache();
        await cache.GetAsync("key", default);
        storage = () => Task.FromException<string?>(new HttpRequestException("Down."));
        time.Advance(TimeSpan.FromSeconds(5));
        await cache.GetAsync("key", default);
        await cache.GetAsync("key", default);
        Assert.Equal(2, reads);

        time.Advance(TimeSpan.FromSeconds(1));
        await cache.GetAsync("key", default);
        Assert.Equal(3, reads);
    }

    [Fact]
    public async Task Hang_AgedIsGivenAfterASecondAndThenAtOnce()
    {
        var cache = NewCache();
        await cache.GetAsync("key", default);
        storage = () => new TaskCompletionSource<string?>().Task;
        time.Advance(TimeSpan.FromSeconds(9));

        var first = cache.GetAsync("key", default).AsTask();
        time.Advance(TimeSpan.FromMilliseconds(999));
        Assert.False(first.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal("first", await first);

        var second = cache.GetAsync("key", default).AsTask();
        Assert.True(second.IsCompleted);
        Assert.Equal("first", await second);
        Assert.Equal(2, reads);
    }

    [Fact]
    public async Task Hang_WithoutAnAgedValue_TheCallerWaits()
    {
        var answer = new TaskCompletionSource<string?>();
        storage = () => answer.Task;
        var cache = NewCache();

        var first = cache.GetAsync("key", default).AsTask();
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.False(first.IsCompleted);

        answer.SetResult("late");
        Assert.Equal("late", await first);
    }

    [Fact]
    public async Task NotAnOutage_IsThrownToTheCaller()
    {
        var cache = NewCache();
        await cache.GetAsync("key", default);
        storage = () => throw new FormatException("Not a row.");
        time.Advance(TimeSpan.FromSeconds(9));

        await Assert.ThrowsAsync<FormatException>(async () => await cache.GetAsync("key", default));
    }

    [Fact]
    public async Task SlowRead_AgeCountsFromBeforeIt()
    {
        storage = () =>
        {
            time.Advance(TimeSpan.FromSeconds(3));
            return Task.FromResult<string?>("first");
        };
        var cache = NewCache();
        await cache.GetAsync("key", default);

        storage = () => Task.FromResult<string?>("second");
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("first", await cache.GetAsync("key", default));
        Assert.Equal("second", await cache.GetAsync("key", default));
    }

    [Fact]
    public async Task CallerWhoLeaves_EndsOnlyItsOwnWait()
    {
        var answer = new TaskCompletionSource<string?>();
        storage = () => answer.Task;
        var cache = NewCache();
        using var leaving = new CancellationTokenSource();
        var leaver = cache.GetAsync("key", leaving.Token).AsTask();
        var other = cache.GetAsync("key", default).AsTask();

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaver);
        answer.SetResult("first");

        Assert.Equal("first", await other);
        Assert.Equal(1, reads);
    }

    [Fact]
    public async Task Peek_GivesWhatWasReadLastHoweverLongAgo()
    {
        var cache = NewCache();
        Assert.Null(cache.Peek("key"));
        await cache.GetAsync("key", default);
        time.Advance(TimeSpan.FromDays(1));

        Assert.Equal("first", cache.Peek("key"));
        Assert.Equal(1, reads);
    }

    [Fact]
    public async Task ManyAtOnce_OneRead()
    {
        var answer = new TaskCompletionSource<string?>();
        storage = () => answer.Task;
        var cache = NewCache();

        var callers = Enumerable.Range(0, 20).Select(_ => cache.GetAsync("key", default).AsTask()).ToList();
        answer.SetResult("first");

        Assert.All(await Task.WhenAll(callers), value => Assert.Equal("first", value));
        Assert.Equal(1, reads);
    }

    [Fact]
    public async Task Forgotten_IsReadAgain()
    {
        var cache = NewCache();
        await cache.GetAsync("key", default);
        storage = () => Task.FromResult<string?>("second");

        cache.Forget("key");

        Assert.Equal("second", await cache.GetAsync("key", default));
    }

    [Fact]
    public async Task MoreThanItHolds_LatelyUsedStay()
    {
        var cache = NewCache(capacity: 10);
        for (var i = 0; i < 1_000; i++)
        {
            await cache.GetAsync($"key{i}", default);
            await cache.GetAsync("often", default);
        }

        Assert.Equal(1_001, reads);
    }

    [Fact]
    public async Task ValuesOfDifferentSizes_BytesAreBounded()
    {
        const int MaxBytes = 100_000;
        var cache = new ReadThroughCache<string>(
            (key, _) => Task.FromResult<string?>(new('x', int.Parse(key, CultureInfo.InvariantCulture))), Ages, MaxBytes, time, text => text.Length);
        foreach (var length in (int[])[.. Enumerable.Range(0, 1_000), .. Enumerable.Range(20_000, 100), 30_000])
        {
            Assert.Equal(length, (await cache.GetAsync($"{length}", default))!.Length);
            Assert.InRange(cache.Size, 0, MaxBytes);
        }

        Assert.Equal(20_099, cache.Peek("20099")!.Length);
        Assert.Null(cache.Peek("30000"));
    }

    private ReadThroughCache<string> NewCache(int capacity = 100) => new(
        (_, _) =>
        {
            reads++;
            return storage();
        },
        Ages,
        capacity,
        time);
}
