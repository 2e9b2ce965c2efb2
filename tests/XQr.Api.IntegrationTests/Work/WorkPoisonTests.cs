using XQr.Api.Work;

namespace XQr.Api.IntegrationTests.Work;

/// <summary>A message that fails too often waits for an operator, and its work is tried again in a day.</summary>
public sealed class WorkPoisonTests(WorkStorage storage) : WorkTestBase(storage)
{
    private protected override void Arrange(WorkTest test) =>
        test.Handler.Run = (_, _) => throw new InvalidDataException("as the test wants");

    /// <summary>Each request would fail five times too.</summary>
    [Fact]
    public async Task FiveFailures_RestsADay()
    {
        await Instance.RequestAsync();
        for (var tries = 1; tries <= WorkRunner.MaxTries; tries++)
        {
            await Instance.RequestAsync();
            Assert.Equal(1, await Test.ConsumeAsync(Instance, max: 1));
        }

        await Instance.RequestAsync();
        Assert.Equal(0, await Test.CountAsync());
        Assert.Equal((1, WorkRunner.MaxTries), (Instance.Poisoned, Test.Handler.Begun));
        Assert.Equal([new WorkMessage(WorkTest.Work, "a").Text], await Test.PoisonAsync());
        Assert.Contains(Instance.Logs.All, line => line.Contains("work-poisoned", StringComparison.Ordinal));

        Test.Handler.Run = (_, _) => Task.FromResult<string?>(null);
        Test.Time.Advance(TimeSpan.FromHours(24));
        await Instance.SweepAsync();
        Assert.Equal(0, await Test.CountAsync());
        Test.Time.Advance(TimeSpan.FromMinutes(6));
        await Instance.SweepAsync();
        Assert.Equal(1, await Test.ConsumeAsync(Instance));
        Assert.Equal(1, Test.Handler.Done);
    }

    /// <summary>Work that fails slowly is requested while it runs. Were each request tried, every minute would bring another failure.</summary>
    [Fact]
    public async Task RequestedDuringEachFailingRun_NoMessageOfItsOwnFails()
    {
        Test.Handler.Run = async (_, _) =>
        {
            await Instance.RequestAsync();
            throw new InvalidDataException("as the test wants");
        };
        await Instance.RequestAsync();

        // Messages of requests come and find that the failed one is tried again.
        Assert.InRange(await Test.ConsumeAsync(Instance), WorkRunner.MaxTries, 2 * WorkRunner.MaxTries);

        Assert.Equal((1, WorkRunner.MaxTries), (Instance.Poisoned, Test.Handler.Begun));
        Assert.Single(await Test.PoisonAsync());
    }

    [Fact]
    public async Task UnknownWork_IsPoison()
    {
        await Test.SendTextAsync("""{"work":"later","subject":"a"}""");

        Assert.Equal(WorkRunner.MaxTries, await Test.ConsumeAsync(Instance));

        Assert.Equal(1, Instance.Poisoned);
        Assert.Single(await Test.PoisonAsync());
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"work":"test"}""")]
    [InlineData("""{"work":1,"subject":[]}""")]
    [InlineData("bm90IEpTT04=")]
    public async Task UnreadableText_IsPoisonWithoutANote(string text)
    {
        await Test.SendTextAsync(text);

        Assert.Equal(WorkRunner.MaxTries, await Test.ConsumeAsync(Instance));

        Assert.Equal((1, 0), (Instance.Poisoned, (await Test.NotesAsync()).Count));
        Assert.Equal([text], await Test.PoisonAsync());
    }

    [Fact]
    public async Task Retry_RunsTheWork_AndKeepsWhatCannotBeRead()
    {
        await Instance.RequestAsync();
        await Test.ConsumeAsync(Instance);
        await Test.AddPoisonAsync("not a message");
        var text = new WorkMessage(WorkTest.Work, "a").Text;
        var (count, texts) = await Instance.Poison.ListAsync(CancellationToken.None);
        Assert.Equal(2, count);
        Assert.Equal([text, "not a message"], texts);

        Assert.Equal(
            [new(text, IsSent: true), new("not a message", IsSent: false)], await Instance.Poison.RetryAsync(CancellationToken.None).ToListAsync());

        Test.Handler.Run = (_, _) => Task.FromResult<string?>(null);
        Assert.Equal(1, await Test.ConsumeAsync(Instance));
        Assert.Equal(1, Test.Handler.Done);
        Assert.Equal(1, (await Instance.Poison.ListAsync(CancellationToken.None)).Count);
    }
}
