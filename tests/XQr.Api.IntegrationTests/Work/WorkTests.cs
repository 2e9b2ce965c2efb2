using Azure;
using XQr.Api.Work;
using XQr.Testing.Storage;

namespace XQr.Api.IntegrationTests.Work;

/// <summary>Requested work is done: once where nothing fails, and at least once in any case.</summary>
[Collection<WorkOneByOne>]
public sealed class WorkTests(WorkStorage storage) : IAsyncLifetime
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
    public async Task RequestedTwice_OneMessageAndOneRun()
    {
        Assert.Equal(2, (await instance.Calls.DuringAsync(() => instance.RequestAsync())).Length);
        Assert.Single(await instance.Calls.DuringAsync(() => instance.RequestAsync()));
        Assert.Equal(1, await test.CountAsync());

        Assert.Equal(2, (await instance.Calls.DuringAsync(() => test.ConsumeAsync(instance))).Length);
        Assert.Equal(1, test.Handler.Done);
        Assert.Empty(await test.NotesAsync());
    }

    [Fact]
    public async Task WorkThatAnotherMessageDid_OneTransactionAndNoRun()
    {
        await instance.RequestAsync();
        await test.SendTextAsync(new WorkMessage(WorkTest.Work, "a").Text);
        Assert.Equal(1, await test.ConsumeAsync(instance, max: 1));

        Assert.Single(await instance.Calls.DuringAsync(() => test.ConsumeAsync(instance)));

        Assert.Equal(1, test.Handler.Begun);
    }

    /// <summary>A row that is stored after a run has begun may be too late for it.</summary>
    [Fact]
    public async Task RequestedDuringTheRun_RunsAgain()
    {
        test.Handler.Run = async (_, _) =>
        {
            if (test.Handler.Begun == 1)
            {
                await instance.RequestAsync();
            }

            return null;
        };
        await instance.RequestAsync();

        Assert.Equal(2, await test.ConsumeAsync(instance));

        Assert.Equal(2, test.Handler.Done);
    }

    [Fact]
    public async Task BudgetUsedUp_WhatIsLeftGetsAMessage()
    {
        test.Handler.Run = (subject, _) => Task.FromResult(subject.Length < 3 ? subject + "a" : null);
        await instance.RequestAsync();

        Assert.Equal(3, await test.ConsumeAsync(instance));

        Assert.Equal(3, test.Handler.Done);
        Assert.Empty(await test.NotesAsync());
    }

    /// <summary>Work that never ends in time is not an outage: it reaches an operator.</summary>
    [Fact]
    public async Task HardLimit_CancelsTheWork_AndCountsAsFailure()
    {
        test.Handler.Run = async (_, token) =>
        {
            test.Time.Advance(WorkBudget.HardLimit);
            await Task.Delay(Timeout.Infinite, token);
            return null;
        };
        await instance.RequestAsync();

        Assert.Equal(WorkRunner.MaxTries, await test.ConsumeAsync(instance));

        Assert.Equal((1, 0), (instance.Poisoned, test.Handler.Done));
        Assert.Single(await test.PoisonAsync());
    }

    [Theory]
    [InlineData(503, "ServerBusy")]
    [InlineData(403, "AuthorizationFailure")]
    public async Task Outage_SentAgainEverLater_AndNeverPoison(int status, string code)
    {
        test.Handler.Run = (_, _) => throw new RequestFailedException(status, "The test rejects the call.", code, null);
        await instance.RequestAsync();
        for (var outage = 0; outage < 8; outage++)
        {
            Assert.Equal(1, await test.ConsumeAsync(instance, max: 1));

            // A request meanwhile: the message that comes again is enough.
            await instance.RequestAsync();
            await test.EndDelaysAsync();
        }

        Assert.Equal(1, await test.CountAsync());
        Assert.Equal((0, 0), (instance.Poisoned, (await test.PoisonAsync()).Count));
        var delays = test.Sent.All.Skip(1).Select(message => message.Delay.TotalSeconds).ToList();
        double[] least = [10, 20, 40, 80, 160, 320, 600, 600];
        Assert.All(delays.Zip(least), pair => Assert.InRange(pair.First, pair.Second - 1, pair.Second * 1.5));

        test.Handler.Run = (_, _) => Task.FromResult<string?>(null);
        Assert.Equal(1, await test.ConsumeAsync(instance));
        Assert.Equal(1, test.Handler.Done);
        Assert.Empty(await test.NotesAsync());
    }

    /// <summary>While the tables refuse everything, the message keeps itself.</summary>
    [Fact]
    public async Task OutageOfTheTables_MessageComesAgain()
    {
        var refusals = new StorageRefusals();
        await using var refused = test.NewInstance(refusals);
        await refused.RequestAsync();
        refusals.Refuse(403, "AuthorizationFailure", "/Work");

        Assert.Equal(1, await test.ConsumeAsync(refused, max: 1));
        refusals.Allow();
        await test.EndDelaysAsync();
        await test.ConsumeAsync(refused);

        Assert.Equal(1, test.Handler.Done);
        Assert.Equal((0, 0), (await test.CountAsync(), (await test.NotesAsync()).Count));
    }

    /// <summary>The client library repeats the removal of the note, and then finds none.</summary>
    [Fact]
    public async Task AnyResponseIsLost_TheWorkIsDone()
    {
        for (var call = 0; call < 3; call++)
        {
            await instance.RequestAsync();
            instance.Faults.LoseAnswerAfter(call);
            await test.ConsumeAsync(instance);
            instance.Faults.End();
            await test.EndDelaysAsync();
            await test.ConsumeAsync(instance);

            Assert.True(test.Handler.Done > call, $"The response of call {call} was lost, and the work with it.");
            Assert.Equal((0, 0), (await test.CountAsync(), (await test.NotesAsync()).Count));
        }
    }
}
