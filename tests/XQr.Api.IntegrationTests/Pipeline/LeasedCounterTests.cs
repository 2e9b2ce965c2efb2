using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using XQr.Api.Pipeline.RateLimits;
using XQr.Api.Storage;
using XQr.Testing;
using XQr.Testing.Storage;

namespace XQr.Api.IntegrationTests.Pipeline;

/// <summary>The counters of several instances on real storage: never more than the limit in a period, wherever calls fall.</summary>
public sealed class LeasedCounterTests(ServiceFixture service) : IAsyncLifetime
{
    private const int Limit = 60;

    private readonly string owner = $"key_{Guid.NewGuid():N}";
    private readonly DateTimeOffset start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly StorageHook hook = new("RateCounters");
    private XQrApplication instance = null!;
    private StillTime time = null!;

    public async ValueTask InitializeAsync()
    {
        time = new(start);
        instance = await service.StartAnotherAsync(services: services => services.AddSingleton<HttpPipelinePolicy>(hook));
    }

    public ValueTask DisposeAsync() => instance.DisposeAsync();

    /// <summary>The write that takes tokens for a minute ends in the next one.</summary>
    [Fact]
    public async Task MinuteEndsWhileTokensAreTaken_TheNextOneHasNoMore()
    {
        LeasedCounter[] counters = [.. Enumerable.Range(0, 4).Select(_ => NewCounter(time))];
        foreach (var (index, counter) in counters.Index())
        {
            time.Set(start.AddMinutes(2 * index).AddSeconds(59.9));
            var border = start.AddMinutes((2 * index) + 1);
            hook.AfterNextWrite(() =>
            {
                time.Set(border);
                return Task.CompletedTask;
            });

            var admitted = await counter.TryTakeAsync(Limit, default) is { Admitted: true } ? 1 : 0;

            Assert.Equal(border, time.GetUtcNow());
            Assert.Equal(Limit, admitted + await TakeAllAsync(counters));
        }
    }

    /// <summary>Others take tokens of the new minute before an instance that has some of the old one left can.</summary>
    [Fact]
    public async Task TokensOfTheMinuteBefore_AreNotSpentWhenOthersAreQuicker()
    {
        var (one, two) = (NewCounter(time), NewCounter(time));
        for (var minute = 0; minute < 10; minute += 2)
        {
            // It has tokens left, since its leases grow.
            time.Set(start.AddMinutes(minute));
            Assert.Equal(4, await TakeManyAsync(one, 4));

            time.Set(start.AddMinutes(minute + 1));
            var others = await TakeManyAsync(two, 1);

            // Its first and second write fail, because the other instance writes again after this one has read the counter.
            hook.AfterNextRead(async () => others += await TakeManyAsync(two, 5));
            Assert.True((await one.TryTakeAsync(Limit, default)).Admitted);

            Assert.Equal(Limit, 1 + others + await TakeAllAsync(one, two));
        }
    }

    [Fact]
    public async Task ManyAtOnceOnFourInstances_ExactlyTheLimit()
    {
        LeasedCounter[] counters = [.. Enumerable.Range(0, 4).Select(_ => NewCounter(time))];
        for (var minute = 0; minute < 5; minute++)
        {
            time.Set(start.AddMinutes(minute));
            Assert.Equal(Limit, await TakeAllAsync(counters));
        }
    }

    [Fact]
    public async Task InstanceWhoseClockIsAhead_TakesNothingFromTheOthers()
    {
        var ahead = new StillTime(start.AddMinutes(10));
        var (one, two, wrong) = (NewCounter(time), NewCounter(time), NewCounter(ahead));
        Assert.True((await one.TryTakeAsync(Limit, default)).Admitted);
        Assert.True((await wrong.TryTakeAsync(Limit, default)).Admitted);
        for (var minute = 1; minute < 14; minute++)
        {
            time.Set(start.AddMinutes(minute));
            ahead.Set(start.AddMinutes(minute + 10));
            var first = await one.TryTakeAsync(Limit, default);
            var others = await wrong.TryTakeAsync(Limit, default);

            Assert.True(first.Admitted && others.Admitted);
            Assert.Equal(Minute(time), first.Period);
            Assert.Equal(Limit - 1, await TakeAllAsync(one, two));
            Assert.Equal(Limit - 1, await TakeAllAsync(wrong));
        }
    }

    [Fact]
    public async Task ClockThatIsSetRight_CountsWithTheOthersAgain()
    {
        var repaired = new StillTime(start.AddMinutes(10));
        var (one, two) = (NewCounter(time), NewCounter(repaired));
        Assert.True((await two.TryTakeAsync(Limit, default)).Admitted);
        Assert.True((await one.TryTakeAsync(Limit, default)).Admitted);

        for (var minute = 0; minute < 14; minute++)
        {
            time.Set(start.AddMinutes(minute));
            repaired.Set(start.AddMinutes(minute));
            // The minute that the wrong clock had begun is served a minute early, when it isn't far ahead any more.
            var expected = minute switch { 0 or 9 => Limit - 1, 10 => 0, _ => Limit };
            Assert.Equal(expected, await TakeAllAsync(one, two));
        }
    }

    /// <summary>Clocks at a border are never quite alike.</summary>
    [Fact]
    public async Task InstanceThatBeginsAMinuteEarly_CountsWithTheOthers()
    {
        var early = new StillTime(start);
        var (one, two) = (NewCounter(time), NewCounter(early));
        Assert.True((await one.TryTakeAsync(Limit, default)).Admitted);
        early.Set(start.AddMinutes(1));
        Assert.True((await two.TryTakeAsync(Limit, default)).Admitted);

        var before = await TakeManyAsync(one, 10);
        time.Set(start.AddMinutes(1));

        Assert.Equal(Limit, 1 + before + await TakeAllAsync(one, two));
    }

    [Fact]
    public async Task AnswerOfTheReturnLost_NothingIsReturnedTwice()
    {
        var (one, two) = (NewCounter(time), NewCounter(time));
        var spent = await TakeManyAsync(one, 5);
        instance.Faults.LoseAnswerAfter(0);

        await one.ReturnAsync(default);

        Assert.True(instance.Faults.Happened);
        Assert.Equal(Limit, spent + await TakeAllAsync(one, two));
    }

    /// <summary>Unspent tokens of an earlier minute must not be subtracted from the tokens that others have taken of this one.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ReturnAfterOthersBeganTheNextMinute_LeavesTheirTokensTaken(bool isShared)
    {
        // The second lease has a token that is not spent. If the counter is shared, it is read before the return.
        var (one, two) = (NewCounter(time), NewCounter(time));
        Assert.Equal(1, await TakeManyAsync(one, 1));
        Assert.Equal(isShared ? 1 : 0, await TakeManyAsync(two, isShared ? 1 : 0));
        Assert.Equal(1, await TakeManyAsync(one, 1));
        time.Set(start.AddMinutes(1));
        var spent = await TakeManyAsync(two, 5);

        await one.ReturnAsync(default);

        Assert.Equal(Limit, spent + await TakeAllAsync(one, two));
    }

    [Fact]
    public async Task AnswerOfTheLeaseLost_NoTokenIsStranded()
    {
        var (one, two) = (NewCounter(time), NewCounter(time));
        instance.Faults.LoseAnswerAfter(1);

        var first = await TakeManyAsync(one, 1);

        Assert.True(instance.Faults.Happened);
        Assert.Equal(Limit, first + await TakeAllAsync(one, two));
    }

    /// <summary>The instance that finds the counter used up does not wait until the minute ends.</summary>
    [Fact]
    public async Task TokensOfIdleInstance_AreReturnedToTheOthers()
    {
        var (one, two) = (NewCounter(time), NewCounter(time));
        var spent = await TakeManyAsync(one, 2) + await TakeManyAsync(two, 1) + await TakeManyAsync(one, 2);
        spent += await TakeManyAsync(two, int.MaxValue);
        var refused = await two.TryTakeAsync(Limit, default);
        Assert.False(one.IsIdle());
        Assert.True(one.IsIdle());

        await one.ReturnAsync(default);
        time.Advance(RateLimiter.WindowIdleTime);
        spent += await TakeManyAsync(two, int.MaxValue);

        Assert.True(refused.IsHeldByOthers);
        Assert.Equal(Limit, spent);
        Assert.False((await two.TryTakeAsync(Limit, default)).IsHeldByOthers);
        Assert.False(one.IsIdle());
    }

    /// <summary>Rows of earlier versions do not tell how many tokens may be unspent.</summary>
    [Fact]
    public async Task RowOfEarlierVersion_IsContinued()
    {
        var table = instance.Service<Tables>().RateCounters;
        await table.AddEntityAsync(
            new TableEntity(owner, "minute") { ["Period"] = Minute(time), ["Taken"] = Limit - 5, ["Write"] = "earlier" });

        Assert.Equal(5, await TakeAllAsync(NewCounter(time), NewCounter(time)));
    }

    /// <summary>The counter cannot be read, so nothing is written and no token is lost.</summary>
    [Fact]
    public async Task StorageFailsBeforeTheReturn_TokensAreStillThere()
    {
        var (one, two) = (NewCounter(time), NewCounter(time));
        var spent = await TakeManyAsync(one, 1) + await TakeManyAsync(two, 1) + await TakeManyAsync(one, 1);
        instance.Faults.LoseOneAfter(0, isExecuted: false);
        await Assert.ThrowsAnyAsync<Exception>(() => one.ReturnAsync(default));

        Assert.Equal(Limit, spent + await TakeAllAsync(one, two));
    }

    private static long Minute(TimeProvider clock) => clock.GetUtcNow().ToUnixTimeSeconds() / 60;

    private LeasedCounter NewCounter(TimeProvider clock) =>
        new(instance.Service<RateCounterStore>(), owner, "minute", 20, RateLimiter.WindowIdleTime, now => now.ToUnixTimeSeconds() / 60, clock);

    /// <summary>Takes from all counters at the same time until each refuses.</summary>
    private static async Task<int> TakeAllAsync(params LeasedCounter[] counters) =>
        (await Task.WhenAll(counters.Select(counter => TakeManyAsync(counter, int.MaxValue)))).Sum();

    private static async Task<int> TakeManyAsync(LeasedCounter counter, int most)
    {
        var admitted = 0;
        while (admitted < most && (await counter.TryTakeAsync(Limit, default)).Admitted)
        {
            admitted++;
        }

        return admitted;
    }
}
