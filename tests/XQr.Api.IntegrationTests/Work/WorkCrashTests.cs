using XQr.Api.Work;

namespace XQr.Api.IntegrationTests.Work;

/// <summary>
/// The process dies at each of its calls to storage in turn. Afterwards another instance does the work, and no message is left or multiplies.
/// </summary>
public sealed class WorkCrashTests(WorkStorage storage) : WorkTestBase(storage)
{
    private const int MaxCalls = 40;

    private static readonly TimeSpan Overdue = TimeSpan.FromMinutes(20);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task RequestAndRun(bool callIsExecuted) => AtEachCallAsync(callIsExecuted, async dying =>
    {
        Test.Handler.Run = (subject, _) => Task.FromResult(subject == "a" ? "rest" : null);
        if (!await TryAsync(() => dying.RequestAsync()))
        {
            await Instance.RequestAsync();
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
        Test.Time.Advance(Overdue);
        await dying.SweepAsync();
        return await ConsumeAsync(dying);
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Schedule(bool callIsExecuted)
    {
        Test.Scheduled = [new(WorkTest.Work, TimeSpan.FromDays(1))];
        await Instance.DisposeAsync();
        Instance = Test.NewInstance();
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
        Test.Handler.Run = (_, _) => throw new InvalidDataException("as the test wants");
        await Instance.RequestAsync();
        var received = await ConsumeAsync(dying);
        Assert.NotEmpty(await Test.PoisonAsync());

        Test.Handler.Run = (_, _) => Task.FromResult<string?>(null);
        Test.Time.Advance(TimeSpan.FromDays(2));
        await Instance.SweepAsync();
        await Instance.RequestAsync();
        return received - WorkRunner.MaxTries + await ConsumeAsync(dying);
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Retry(bool callIsExecuted) => AtEachCallAsync(callIsExecuted, async dying =>
    {
        await Test.AddPoisonAsync(new WorkMessage(WorkTest.Work, "a").Text);
        await TryAsync(() => dying.Poison.RetryAsync(CancellationToken.None).ToListAsync().AsTask());
        await Test.ShowPoisonAsync();
        await Instance.Poison.RetryAsync(CancellationToken.None).ToListAsync();
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
            await using var dying = Test.NewInstance();
            var done = Test.Handler.Done;
            dying.Faults.DieAfter(calls, callIsExecuted);

            var received = await act(dying);
            died = dying.Faults.Happened;
            Assert.True(died || calls > 1, "The instance never died.");

            // A minute after the other, as in a real deployment: what is lost is found.
            await Test.EndDelaysAsync();
            Test.Time.Advance(Overdue);
            await Instance.SweepAsync();
            received += await ConsumeAsync(dying);
            Assert.True(Test.Handler.Done > done, $"The work is lost if the process dies at call {calls}.");
            Assert.InRange(received, 1, 5);
            Assert.Equal((0, 0), (await Test.CountAsync(), (await Test.NotesAsync()).Count));
            await Test.ClearAsync();
        }
    }

    /// <summary>Consumes all messages, by the sound instance once the other one has died.</summary>
    private async Task<int> ConsumeAsync(WorkInstance dying)
    {
        var received = 0;
        while (await Test.ConsumeAsync(dying.Faults.Happened ? Instance : dying, max: 1) == 1)
        {
            received++;
        }

        return received;
    }

    private async Task RequestWithoutMessageAsync()
    {
        await using var instance = Test.NewInstance();
        instance.Faults.DieAfter(1, loseNextResponse: false);
        Assert.False(await TryAsync(() => instance.RequestAsync()));
    }

    private static async Task<bool> TryAsync(Func<Task> action) => await Record.ExceptionAsync(action) is null;
}
