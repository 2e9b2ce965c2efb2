using XQr.Api.Work;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Work;

/// <summary>The consumer of hosts without a queue trigger.</summary>
public sealed class WorkServiceTests(WorkStorage storage) : WorkTestBase(storage)
{
    [Fact]
    public async Task ManyMessages_FourAtOnce()
    {
        var (running, max, full) = (0, 0, new TaskCompletionSource());
        Test.Handler.Run = async (_, token) =>
        {
            max = Math.Max(max, Interlocked.Increment(ref running));
            if (running == WorkService.Parallelism)
            {
                full.TrySetResult();
            }

            await full.Task.WaitAsync(token);
            Interlocked.Decrement(ref running);
            return null;
        };
        for (var i = 0; i < 10; i++)
        {
            await Instance.RequestAsync($"{i}");
        }

        await Instance.Service.StartAsync(CancellationToken.None);
        await DoneAsync(10);
        await Instance.Service.StopAsync(CancellationToken.None);

        Assert.Equal(WorkService.Parallelism, max);
        Assert.Equal(0, await Test.CountAsync());
    }

    [Fact]
    public async Task OneFails_TheOthersRunAndItIsKept()
    {
        Test.Handler.Run = (subject, _) => subject == "bad" ? throw new InvalidDataException("as the test wants") : Task.FromResult<string?>(null);
        await Instance.RequestAsync("bad");
        await Instance.RequestAsync("a");
        await Instance.RequestAsync("b");

        await Instance.Service.StartAsync(CancellationToken.None);
        await DoneAsync(2);
        await Instance.Service.StopAsync(CancellationToken.None);

        Assert.Equal((1, 1), (await Test.CountAsync(), (await Test.NotesAsync()).Count));
    }

    /// <summary>The work comes again, here or on another instance.</summary>
    [Fact]
    public async Task Stop_CancelsTheWorkAndKeepsTheMessage()
    {
        var begun = new TaskCompletionSource();
        Test.Handler.Run = async (_, token) =>
        {
            begun.SetResult();
            await Task.Delay(Timeout.Infinite, token);
            return null;
        };
        await Instance.RequestAsync();
        await Instance.Service.StartAsync(CancellationToken.None);
        await begun.Task;

        await Instance.Service.StopAsync(CancellationToken.None);

        Assert.Equal((1, 0, 0), (await Test.CountAsync(), Test.Handler.Done, Instance.Poisoned));
        Assert.DoesNotContain(Instance.Logs.All, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    /// <summary>The host moves such a message too, without a run.</summary>
    [Fact]
    public async Task ProcessDiedInTheLastTry_IsPoison()
    {
        await Instance.RequestAsync();
        await Test.ReceiveAsync(WorkRunner.MaxTries);

        await Instance.Service.StartAsync(CancellationToken.None);
        await Eventually.TrueAsync(async () => await Test.CountAsync() == 0, "The message is moved.");
        await Instance.Service.StopAsync(CancellationToken.None);

        Assert.Equal((1, 0), (Instance.Poisoned, Test.Handler.Begun));
        Assert.Single(await Test.PoisonAsync());
        Assert.True(Assert.Single(await Test.NotesAsync()).GetBoolean("Failed"));
    }

    [Fact]
    public async Task NoMessages_AsksEverMoreSlowly()
    {
        double[] least = [0.25, 0.5, 1, 2, 4, 5, 5];
        await Instance.Service.StartAsync(CancellationToken.None);
        await Eventually.TrueAsync(
            () =>
            {
                Test.Time.Advance(TimeSpan.FromSeconds(1));
                return Task.FromResult(Test.Time.Pauses.Count >= least.Length);
            },
            "The service asks for messages.");
        await Instance.Service.StopAsync(CancellationToken.None);

        Assert.All(least.Zip(Test.Time.Pauses), pair => Assert.InRange(pair.Second.TotalSeconds, pair.First, 1.5 * pair.First));
    }

    /// <summary>Waits until work is done, while the clock of the service moves on no faster than that of the system.</summary>
    private Task DoneAsync(int count) => Eventually.TrueAsync(
        () =>
        {
            Test.Time.Advance(TimeSpan.FromMilliseconds(100));
            return Task.FromResult(Test.Handler.Done == count);
        },
        $"{count} messages are done.");
}
