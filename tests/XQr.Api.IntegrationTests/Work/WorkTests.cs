using Azure;
using XQr.Api.Work;
using XQr.Testing.Storage;

namespace XQr.Api.IntegrationTests.Work;

/// <summary>Requested work is done: once where nothing fails, and at least once in any case.</summary>
public sealed class WorkTests(WorkStorage storage) : WorkTestBase(storage)
{
    [Fact]
    public async Task RequestedTwice_OneMessageAndOneRun()
    {
        Assert.Equal(2, (await Instance.Calls.DuringAsync(() => Instance.RequestAsync())).Length);
        Assert.Single(await Instance.Calls.DuringAsync(() => Instance.RequestAsync()));
        Assert.Equal(1, await Test.CountAsync());

        Assert.Equal(2, (await Instance.Calls.DuringAsync(() => Test.ConsumeAsync(Instance))).Length);
        Assert.Equal(1, Test.Handler.Done);
        Assert.Empty(await Test.NotesAsync());
    }

    [Fact]
    public async Task WorkThatAnotherMessageDid_OneTransactionAndNoRun()
    {
        await Instance.RequestAsync();
        await Test.SendTextAsync(new WorkMessage(WorkTest.Work, "a").Text);
        Assert.Equal(1, await Test.ConsumeAsync(Instance, max: 1));

        Assert.Single(await Instance.Calls.DuringAsync(() => Test.ConsumeAsync(Instance)));

        Assert.Equal(1, Test.Handler.Begun);
    }

    /// <summary>A row that is stored after a run has begun may be too late for it.</summary>
    [Fact]
    public async Task RequestedDuringTheRun_RunsAgain()
    {
        Test.Handler.Run = async (_, _) =>
        {
            if (Test.Handler.Begun == 1)
            {
                await Instance.RequestAsync();
            }

            return null;
        };
        await Instance.RequestAsync();

        Assert.Equal(2, await Test.ConsumeAsync(Instance));

        Assert.Equal(2, Test.Handler.Done);
    }

    [Fact]
    public async Task BudgetUsedUp_WhatIsLeftGetsAMessage()
    {
        Test.Handler.Run = (subject, _) => Task.FromResult(subject.Length < 3 ? subject + "a" : null);
        await Instance.RequestAsync();

        Assert.Equal(3, await Test.ConsumeAsync(Instance));

        Assert.Equal(3, Test.Handler.Done);
        Assert.Empty(await Test.NotesAsync());
    }

    /// <summary>Work that never ends in time is not an outage: it reaches an operator.</summary>
    [Fact]
    public async Task HardLimit_CancelsTheWork_AndCountsAsFailure()
    {
        Test.Handler.Run = async (_, token) =>
        {
            Test.Time.Advance(WorkBudget.HardLimit);
            await Task.Delay(Timeout.Infinite, token);
            return null;
        };
        await Instance.RequestAsync();

        Assert.Equal(WorkRunner.MaxTries, await Test.ConsumeAsync(Instance));

        Assert.Equal((1, 0), (Instance.Poisoned, Test.Handler.Done));
        Assert.Single(await Test.PoisonAsync());
    }

    [Theory]
    [InlineData(503, "ServerBusy")]
    [InlineData(403, "AuthorizationFailure")]
    public async Task Outage_SentAgainEverLater_AndNeverPoison(int status, string code)
    {
        Test.Handler.Run = (_, _) => throw new RequestFailedException(status, "The test rejects the call.", code, null);
        await Instance.RequestAsync();
        for (var outage = 0; outage < 8; outage++)
        {
            Assert.Equal(1, await Test.ConsumeAsync(Instance, max: 1));

            // A request meanwhile: the message that comes again is enough.
            await Instance.RequestAsync();
            await Test.EndDelaysAsync();
        }

        Assert.Equal(1, await Test.CountAsync());
        Assert.Equal((0, 0), (Instance.Poisoned, (await Test.PoisonAsync()).Count));
        var delays = Test.Sent.All.Skip(1).Select(message => message.Delay.TotalSeconds).ToList();
        double[] least = [10, 20, 40, 80, 160, 320, 600, 600];
        Assert.All(delays.Zip(least), pair => Assert.InRange(pair.First, pair.Second - 1, pair.Second * 1.5));

        Test.Handler.Run = (_, _) => Task.FromResult<string?>(null);
        Assert.Equal(1, await Test.ConsumeAsync(Instance));
        Assert.Equal(1, Test.Handler.Done);
        Assert.Empty(await Test.NotesAsync());
    }

    /// <summary>While the tables refuse everything, the message keeps itself.</summary>
    [Fact]
    public async Task OutageOfTheTables_MessageComesAgain()
    {
        var refusals = new StorageRefusals();
        await using var refused = Test.NewInstance(refusals);
        await refused.RequestAsync();
        refusals.Refuse(403, "AuthorizationFailure", "/Work");

        Assert.Equal(1, await Test.ConsumeAsync(refused, max: 1));
        refusals.Allow();
        await Test.EndDelaysAsync();
        await Test.ConsumeAsync(refused);

        Assert.Equal(1, Test.Handler.Done);
        Assert.Equal((0, 0), (await Test.CountAsync(), (await Test.NotesAsync()).Count));
    }

    /// <summary>The client library repeats the removal of the note, and then finds none.</summary>
    [Fact]
    public async Task AnyResponseIsLost_TheWorkIsDone()
    {
        for (var call = 0; call < 3; call++)
        {
            await Instance.RequestAsync();
            Instance.Faults.LoseAnswerAfter(call);
            await Test.ConsumeAsync(Instance);
            Instance.Faults.End();
            await Test.EndDelaysAsync();
            await Test.ConsumeAsync(Instance);

            Assert.True(Test.Handler.Done > call, $"The response of call {call} was lost, and the work with it.");
            Assert.Equal((0, 0), (await Test.CountAsync(), (await Test.NotesAsync()).Count));
        }
    }
}
