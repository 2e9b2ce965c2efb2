namespace XQr.Api.IntegrationTests.Work;

/// <summary>The sweep finds what no message wakes up, costs little, and any number of instances may run it at once.</summary>
public sealed class WorkSweepTests(WorkStorage storage) : WorkTestBase(storage)
{
    private protected override void Arrange(WorkTest test) => test.Scheduled = [new(WorkTest.Work, TimeSpan.FromHours(1))];

    private protected override async Task BeginAsync()
    {
        await Instance.SweepAsync();
        await Test.ConsumeAsync(Instance);
    }

    [Fact]
    public async Task NothingToDo_TwoTransactions() => Assert.Equal(2, (await Instance.Calls.DuringAsync(Instance.SweepAsync)).Length);

    [Fact]
    public async Task Scheduled_TwoInstancesAtOnce_OneMessage()
    {
        await using var other = Test.NewInstance();
        Test.Time.Advance(TimeSpan.FromMinutes(59));
        await Task.WhenAll(Instance.SweepAsync(), other.SweepAsync());
        Assert.Equal(0, await Test.CountAsync());

        Test.Time.Advance(TimeSpan.FromMinutes(1));
        await Task.WhenAll(Instance.SweepAsync(), other.SweepAsync());

        Assert.Equal(1, await Test.CountAsync());
        Assert.Equal(1, await Test.ConsumeAsync(Instance));
        await Task.WhenAll(Instance.SweepAsync(), other.SweepAsync());
        Assert.Equal(0, await Test.CountAsync());
    }

    /// <summary>A message in a queue that is behind comes again after 5, 10, 15 minutes and so on, not with each sweep.</summary>
    [Fact]
    public async Task Overdue_TwoSweepsAtOnce_SentAgainOnceAndThenEverLater()
    {
        await using var other = Test.NewInstance();
        await Instance.RequestAsync();
        await SweepAfterAsync(minutes: 5, messages: 1);
        await SweepAfterAsync(minutes: 1, messages: 2);
        await SweepAfterAsync(minutes: 9, messages: 2);
        await SweepAfterAsync(minutes: 4, messages: 3);
        await SweepAfterAsync(minutes: 14, messages: 3);
        await SweepAfterAsync(minutes: 7, messages: 4);

        Assert.Equal(4, await Test.ConsumeAsync(Instance));
        Assert.Equal(2, Test.Handler.Done);

        async Task SweepAfterAsync(int minutes, int messages)
        {
            Test.Time.Advance(TimeSpan.FromMinutes(minutes));
            await Task.WhenAll(Instance.SweepAsync(), other.SweepAsync());
            Assert.Equal(messages, await Test.CountAsync());
        }
    }

    [Fact]
    public async Task Delayed_IsNotOverdueBeforeItsTime()
    {
        await Instance.RequestAsync(delay: TimeSpan.FromMinutes(30));
        Test.Time.Advance(TimeSpan.FromMinutes(34));
        await Instance.SweepAsync();

        Assert.Equal(1, await Test.CountAsync());
    }
}
