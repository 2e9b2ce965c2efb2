using XQr.Api.Work;

namespace XQr.Api.IntegrationTests.Work;

/// <summary>
/// The process dies at each of its calls to storage in turn. Afterwards another instance does the work, and no message is left or multiplies.
/// </summary>
[Collection<WorkOneByOne>]
public sealed class WorkCrashTests(WorkStorage storage) : IAsyncLifetime
{
    private const int MaxCalls = 40;

    private static readonly TimeSpan Overdue = TimeSpan.FromMinutes(20);

    private WorkTest test = null!;
    private WorkInstance sound = null!;

    public async ValueTask InitializeAsync()
    {
        test = await storage.BeginAsync();
        sound = test.NewInstance();
    }

    public ValueTask DisposeAsync() => sound.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task RequestAndRun(bool callIsExecuted) => AtEachCallAsync(callIsExecuted, async dying =>
    {
        test.Handler.Run = (subject, _) => Task.FromResult(subject == "a" ? "rest" : null);
        if (!await TryAsync(() => dying.RequestAsync()))
        {
            await sound.RequestAsync();
        }

        return await ConsumeAsync(dying);
    });

    /// <summary>The request died between its two calls, and the sweep dies too.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Sweep(bool callIsExecuted) => AtEachCallAsync(callIsExecuted, async dying =>
    {
        await RequestWithoutMessageAsync();
        test.Time.Advance(Overdue);
        await dying.SweepAsync();
        return await ConsumeAsync(dying);
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Schedule(bool callIsExecuted)
    {
        test.Scheduled = [new(WorkTest.Work, TimeSpan.FromDays(1))];
        await sound.DisposeAsync();
        sound = test.NewInstance();
        await AtEachCallAsync(callIsExecuted, async dying =>
        {
            await dying.SweepAsync();
            return await ConsumeAsync(dying);
        });
    }

    /// <summary>Work that failed too often is done after a day.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Poison(bool callIsExecuted) => AtEachCallAsync(callIsExecuted, async dying =>
    {
        test.Handler.Run = (_, _) => throw new InvalidDataException("as the test wants");
        await sound.RequestAsync();
        var received = await ConsumeAsync(dying);
        Assert.NotEmpty(await test.PoisonAsync());

        test.Handler.Run = (_, _) => Task.FromResult<string?>(null);
        test.Time.Advance(TimeSpan.FromDays(2));
        await sound.SweepAsync();
        await sound.RequestAsync();
        return received - WorkRunner.MaxTries + await ConsumeAsync(dying);
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Retry(bool callIsExecuted) => AtEachCallAsync(callIsExecuted, async dying =>
    {
        await test.AddPoisonAsync(new WorkMessage(WorkTest.Work, "a").Text);
        await TryAsync(() => dying.Poison.RetryAsync(CancellationToken.None).ToListAsync().AsTask());
        await test.ShowPoisonAsync();
        await sound.Poison.RetryAsync(CancellationToken.None).ToListAsync();
        return await ConsumeAsync(dying);
    });

    /// <summary>
    /// Runs an action with an instance that dies at its first call, then at its second, and so on, until it does not die. The action returns the
    /// number of messages received.
    /// </summary>
    private async Task AtEachCallAsync(bool callIsExecuted, Func<WorkInstance, Task<int>> act)
    {
        for (var (calls, died) = (0, true); died; calls++)
        {
            Assert.True(calls < MaxCalls, "The instance makes more calls than this test expects.");
            await using var dying = test.NewInstance();
            var done = test.Handler.Done;
            dying.Faults.DieAfter(calls, callIsExecuted);

            var received = await act(dying);
            died = dying.Faults.Happened;
            Assert.True(died || calls > 1, "The instance never died.");

            // A minute after the other, as in a real deployment: what is lost is found.
            await test.EndDelaysAsync();
            test.Time.Advance(Overdue);
            await sound.SweepAsync();
            received += await ConsumeAsync(dying);
            Assert.True(test.Handler.Done > done, $"The work is lost if the process dies at call {calls}.");
            Assert.InRange(received, 1, 5);
            Assert.Equal((0, 0), (await test.CountAsync(), (await test.NotesAsync()).Count));
            await test.ClearAsync();
        }
    }

    /// <summary>Consumes all messages, by the sound instance once the other one has died.</summary>
    private async Task<int> ConsumeAsync(WorkInstance dying)
    {
        var received = 0;
        while (await test.ConsumeAsync(dying.Faults.Happened ? sound : dying, max: 1) == 1)
        {
            received++;
        }

        return received;
    }

    private async Task RequestWithoutMessageAsync()
    {
        await using var instance = test.NewInstance();
        instance.Faults.DieAfter(1, loseNextResponse: false);
        Assert.False(await TryAsync(() => instance.RequestAsync()));
    }

    private static async Task<bool> TryAsync(Func<Task> action) => await Record.ExceptionAsync(action) is null;
}
