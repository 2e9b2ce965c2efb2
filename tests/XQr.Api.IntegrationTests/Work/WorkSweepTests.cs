namespace XQr.Api.IntegrationTests.Work;

/// <summary>The sweep finds what no message wakes up, costs little, and any number of instances may run it at once.</summary>
[Collection<WorkOneByOne>]
public sealed class WorkSweepTests(WorkStorage storage) : IAsyncLifetime
{
    private WorkTest test = null!;
    private WorkInstance instance = null!;

    public async ValueTask InitializeAsync()
    {
        test = await storage.BeginAsync();
        test.Scheduled = [new(WorkTest.Work, TimeSpan.FromHours(1))];
        instance = test.NewInstance();
        await instance.SweepAsync();
        await test.ConsumeAsync(instance);
    }

    public ValueTask DisposeAsync() => instance.DisposeAsync();

    [Fact]
    public async Task NothingToDo_TwoTransactions() => Assert.Equal(2, (await instance.Calls.DuringAsync(instance.SweepAsync)).Length);

    [Fact]
    public async Task Scheduled_TwoInstancesAtOnce_OneMessage()
    {
        await using var other = test.NewInstance();
        test.Time.Advance(TimeSpan.FromMinutes(59));
        await Task.WhenAll(instance.SweepAsync(), other.SweepAsync());
        Assert.Equal(0, await test.CountAsync());

        test.Time.Advance(TimeSpan.FromMinutes(1));
        await Task.WhenAll(instance.SweepAsync(), other.SweepAsync());

        Assert.Equal(1, await test.CountAsync());
        Assert.Equal(1, await test.ConsumeAsync(instance));
        await Task.WhenAll(instance.SweepAsync(), other.SweepAsync());
        Assert.Equal(0, await test.CountAsync());
    }

    /// <summary>A message in a queue that is behind comes again after 5, 10, 15 minutes and so on, not with each sweep.</summary>
    [Fact]
    public async Task Overdue_TwoSweepsAtOnce_SentAgainOnceAndThenEverLater()
    {
        await using var other = test.NewInstance();
        await instance.RequestAsync();
        await SweepAfterAsync(minutes: 5, messages: 1);
        await SweepAfterAsync(minutes: 1, messages: 2);
        await SweepAfterAsync(minutes: 9, messages: 2);
        await SweepAfterAsync(minutes: 4, messages: 3);
        await SweepAfterAsync(minutes: 14, messages: 3);
        await SweepAfterAsync(minutes: 7, messages: 4);

        Assert.Equal(4, await test.ConsumeAsync(instance));
        Assert.Equal(2, test.Handler.Done);

        async Task SweepAfterAsync(int minutes, int messages)
        {
            test.Time.Advance(TimeSpan.FromMinutes(minutes));
            await Task.WhenAll(instance.SweepAsync(), other.SweepAsync());
            Assert.Equal(messages, await test.CountAsync());
        }
    }

    [Fact]
    public async Task Delayed_IsNotOverdueBeforeItsTime()
    {
        await instance.RequestAsync(delay: TimeSpan.FromMinutes(30));
        test.Time.Advance(TimeSpan.FromMinutes(34));
        await instance.SweepAsync();

        Assert.Equal(1, await test.CountAsync());
    }
}
