using XQr.Api.Pipeline.RateLimits;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Pipeline;

/// <summary>The leases of an instance that is alone on a counter, and of one that shares it.</summary>
public sealed class LeaseSharingTests(ServiceFixture service) : IAsyncLifetime
{
    private const int Limit = 600;

    /// <summary>An eightieth of the limit.</summary>
    private const int FirstLease = 7;

    private readonly string owner = $"key_{Guid.NewGuid():N}";
    private readonly StillTime time = new(new(2026, 3, 1, 12, 0, 30, TimeSpan.Zero));
    private XQrApplication instance = null!;

    public async ValueTask InitializeAsync() => instance = await service.StartAnotherAsync(services: time.Register);

    public ValueTask DisposeAsync() => instance.DisposeAsync();

    /// <summary>A request every ten seconds, with the returns between them.</summary>
    [Fact]
    public async Task SlowCallerAlone_OneLeaseAMinute()
    {
        var counter = NewCounter();
        time.Advance(TimeSpan.FromSeconds(30));

        var calls = await instance.Calls.DuringAsync(async () =>
        {
            for (var request = 0; request < 18; request++)
            {
                await TakeAsync(counter, 1);
                Assert.DoesNotContain(true, Enumerable.Range(0, 5).Select(_ => counter.IsSpare()));
                time.Advance(TimeSpan.FromSeconds(10));
            }
        });

        // The counter is read once.
        Assert.Equal([true, false, false, false], calls.Where(call => call.IsOf("RateCounters")).Select(call => call.IsRead));
    }

    [Fact]
    public async Task Alone_LeasesDouble()
    {
        var counter = NewCounter();

        await TakeAsync(counter, FirstLease + 1);

        Assert.Equal(3 * FirstLease, await TakenAsync());
    }

    [Fact]
    public async Task AnotherInstanceHasWritten_LeasesOneTokenForAMinute()
    {
        var (one, two) = (NewCounter(), NewCounter());
        await TakeAsync(one, 1);

        await TakeAsync(two, 1);
        Assert.Equal(FirstLease + 1, await TakenAsync());

        // The counter is of the minute before, but the other instance wrote it a moment ago.
        time.Advance(TimeSpan.FromSeconds(40));
        await TakeAsync(NewCounter(), 1);
        Assert.Equal(1, await TakenAsync());

        time.Advance(TimeSpan.FromMinutes(1));
        await TakeAsync(two, 1);
        Assert.Equal(FirstLease, await TakenAsync());
    }

    /// <summary>Its requests may go to another instance now, which needs the tokens.</summary>
    [Fact]
    public async Task IdleAfterManyRequests_ReturnsTokens()
    {
        var counter = NewCounter();
        await TakeAsync(counter, FirstLease + 1);

        Assert.False(counter.IsSpare());
        Assert.True(counter.IsSpare());
        await counter.ReturnAsync(default);

        Assert.Equal(FirstLease + 1, await TakenAsync());
        Assert.False(counter.IsSpare());
    }

    /// <summary>A return and a new lease cost more than the tokens are worth if the next request comes as usual.</summary>
    [Fact]
    public async Task SharedWithRareRequests_KeepsTokensLonger()
    {
        var (one, two) = (NewCounter(), NewCounter());
        for (var request = 0; request < 4; request++)
        {
            await TakeAsync(two, 1);
            await TakeAsync(one, 1);
            time.Advance(TimeSpan.FromSeconds(4));
        }

        var isSpare = Enumerable.Range(0, 6).Select(_ => one.IsSpare()).ToList();

        Assert.Equal([false, false, false, false, false, true], isSpare);
    }

    private LeasedCounter NewCounter() => new(
        instance.Service<RateCounterStore>(),
        owner,
        "minute",
        RateLimiter.WindowFraction,
        RateLimiter.WindowIdleTime,
        RateLimiter.MinuteOf,
        time);

    private static async Task TakeAsync(LeasedCounter counter, int requests)
    {
        for (var request = 0; request < requests; request++)
        {
            Assert.True((await counter.TryTakeAsync(Limit, default)).Admitted);
        }
    }

    private async Task<int> TakenAsync() => (await instance.Service<RateCounterStore>().FindAsync(owner, "minute", default)).Taken;
}
