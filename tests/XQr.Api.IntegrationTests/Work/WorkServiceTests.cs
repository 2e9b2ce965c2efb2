using XQr.Api.Work;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Work;

/// <summary>The consumer of hosts without a queue trigger.</summary>
[Collection<WorkOneByOne>]
public sealed class WorkServiceTests(WorkStorage storage) : IAsyncLifetime
{
    private WorkTest test = null!;
    private WorkInstance instance = null!;

    public async ValueTask InitializeAsync()
    {
        test = await storage.BeginAsync();
        instance = test.NewInstance();
    }

    public ValueTask DisposeAsync() => instance.DisposeAsync();

    [Fact]
    public async Task ManyMessages_FourAtOnce()
    {
        var (running, max, full) = (0, 0, new TaskCompletionSource());
        test.Handler.Run = async (_, token) =>
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
            await instance.RequestAsync($"{i}");
        }

        await instance.Service.StartAsync(CancellationToken.None);
        await DoneAsync(10);
        await instance.Service.StopAsync(CancellationToken.None);

        Assert.Equal(WorkService.Parallelism, max);
        Assert.Equal(0, await test.CountAsync());
    }

    [Fact]
    public async Task OneFails_TheOthersRunAndItIsKept()
    {
        test.Handler.Run = (subject, _) => subject == "bad" ? throw new InvalidDataException("as the test wants") : Task.FromResult<string?>(null);
        await instance.RequestAsync("bad");
        await instance.RequestAsync("a");
        await instance.RequestAsync("b");

        await instance.Service.StartAsync(CancellationToken.None);
        await DoneAsync(2);
        await instance.Service.StopAsync(CancellationToken.None);

        Assert.Equal((1, 1), (await test.CountAsync(), (await test.NotesAsync()).Count));
    }

    /// <summary>The work comes again, here or on another instance.</summary>
    [Fact]
    public async Task Stop_CancelsTheWorkAndKeepsTheMessage()
    {
        var begun = new TaskCompletionSource();
        test.Handler.Run = async (_, token) =>
        {
            begun.SetResult();
            await Task.Delay(Timeout.Infinite, token);
            return null;
        };
        await instance.RequestAsync();
        await instance.Service.StartAsync(CancellationToken.None);
        await begun.Task;

        await instance.Service.StopAsync(CancellationToken.None);

        Assert.Equal((1, 0, 0), (await test.CountAsync(), test.Handler.Done, instance.Poisoned));
        Assert.DoesNotContain(instance.Logs.All, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    /// <summary>The host moves such a message too, without a run.</summary>
    [Fact]
    public async Task ProcessDiedInTheLastTry_IsPoison()
    {
        await instance.RequestAsync();
        await test.ReceiveAsync(WorkRunner.MaxTries);

        await instance.Service.StartAsync(CancellationToken.None);
        await Eventually.TrueAsync(async () => await test.CountAsync() == 0, "The message is moved.");
        await instance.Service.StopAsync(CancellationToken.None);

        Assert.Equal((1, 0), (instance.Poisoned, test.Handler.Begun));
        Assert.Single(await test.PoisonAsync());
        Assert.True(Assert.Single(await test.NotesAsync()).GetBoolean("Failed"));
    }

    [Fact]
    public async Task NoMessages_AsksEverMoreSlowly()
    {
        double[] least = [0.25, 0.5, 1, 2, 4, 5, 5];
        await instance.Service.StartAsync(CancellationToken.None);
        await Eventually.TrueAsync(
            () =>
            {
                test.Time.Advance(TimeSpan.FromSeconds(1));
                return Task.FromResult(test.Time.Pauses.Count >= least.Length);
            },
            "The service asks for messages.");
        await instance.Service.StopAsync(CancellationToken.None);

        Assert.All(least.Zip(test.Time.Pauses), pair => Assert.InRange(pair.Second.TotalSeconds, pair.First, 1.5 * pair.First));
    }

    /// <summary>Waits until work is done, while the clock of the service moves on no faster than that of the system.</summary>
    private Task DoneAsync(int count) => Eventually.TrueAsync(
        () =>
        {
            test.Time.Advance(TimeSpan.FromMilliseconds(100));
            return Task.FromResult(test.Handler.Done == count);
        },
        $"{count} messages are done.");
}
