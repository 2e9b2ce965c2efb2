using XQr.Api.Work;

namespace XQr.Api.IntegrationTests.Work;

/// <summary>A message that fails too often waits for an operator, and its work is tried again in a day.</summary>
[Collection<WorkOneByOne>]
public sealed class WorkPoisonTests(WorkStorage storage) : IAsyncLifetime
{
    private WorkTest test = null!;
    private WorkInstance instance = null!;

    public async ValueTask InitializeAsync()
    {
        test = await storage.BeginAsync();
        instance = test.NewInstance();
        test.Handler.Run = (_, _) => throw new InvalidDataException("as the test wants");
    }

    public ValueTask DisposeAsync() => instance.DisposeAsync();

    /// <summary>Each request would fail five times too.</summary>
    [Fact]
    public async Task FiveFailures_RestsADay()
    {
        await instance.RequestAsync();
        for (var tries = 1; tries <= WorkRunner.MaxTries; tries++)
        {
            await instance.RequestAsync();
            Assert.Equal(1, await test.ConsumeAsync(instance, max: 1));
        }

        await instance.RequestAsync();
        Assert.Equal(0, await test.CountAsync());
        Assert.Equal((1, WorkRunner.MaxTries), (instance.Poisoned, test.Handler.Begun));
        Assert.Equal([new WorkMessage(WorkTest.Work, "a").Text], await test.PoisonAsync());
        Assert.Contains(instance.Logs.All, line => line.Contains("work-poisoned", StringComparison.Ordinal));

        test.Handler.Run = (_, _) => Task.FromResult<string?>(null);
        test.Time.Advance(TimeSpan.FromHours(24));
        await instance.SweepAsync();
        Assert.Equal(0, await test.CountAsync());
        test.Time.Advance(TimeSpan.FromMinutes(6));
        await instance.SweepAsync();
        Assert.Equal(1, await test.ConsumeAsync(instance));
        Assert.Equal(1, test.Handler.Done);
    }

    /// <summary>Work that fails slowly is requested while it runs. Were each request tried, every minute would bring another failure.</summary>
    [Fact]
    public async Task RequestedDuringEachFailingRun_NoMessageOfItsOwnFails()
    {
        test.Handler.Run = async (_, _) =>
        {
            await instance.RequestAsync();
            throw new InvalidDataException("as the test wants");
        };
        await instance.RequestAsync();

        // Messages of requests come and find that the failed one is tried again.
        Assert.InRange(await test.ConsumeAsync(instance), WorkRunner.MaxTries, 2 * WorkRunner.MaxTries);

        Assert.Equal((1, WorkRunner.MaxTries), (instance.Poisoned, test.Handler.Begun));
        Assert.Single(await test.PoisonAsync());
    }

    [Fact]
    public async Task UnknownWork_IsPoison()
    {
        await test.SendTextAsync("""{"work":"later","subject":"a"}""");

        Assert.Equal(WorkRunner.MaxTries, await test.ConsumeAsync(instance));

        Assert.Equal(1, instance.Poisoned);
        Assert.Single(await test.PoisonAsync());
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"work":"test"}""")]
    [InlineData("""{"work":1,"subject":[]}""")]
    [InlineData("bm90IEpTT04=")]
    public async Task UnreadableText_IsPoisonWithoutANote(string text)
    {
        await test.SendTextAsync(text);

        Assert.Equal(WorkRunner.MaxTries, await test.ConsumeAsync(instance));

        Assert.Equal((1, 0), (instance.Poisoned, (await test.NotesAsync()).Count));
        Assert.Equal([text], await test.PoisonAsync());
    }

    [Fact]
    public async Task Retry_RunsTheWork_AndKeepsWhatCannotBeRead()
    {
        await instance.RequestAsync();
        await test.ConsumeAsync(instance);
        await test.AddPoisonAsync("not a message");
        var text = new WorkMessage(WorkTest.Work, "a").Text;
        var (count, texts) = await instance.Poison.ListAsync(CancellationToken.None);
        Assert.Equal(2, count);
        Assert.Equal([text, "not a message"], texts);

        Assert.Equal(
            [new(text, IsSent: true), new("not a message", IsSent: false)], await instance.Poison.RetryAsync(CancellationToken.None).ToListAsync());

        test.Handler.Run = (_, _) => Task.FromResult<string?>(null);
        Assert.Equal(1, await test.ConsumeAsync(instance));
        Assert.Equal(1, test.Handler.Done);
        Assert.Equal(1, (await instance.Poison.ListAsync(CancellationToken.None)).Count);
    }
}
