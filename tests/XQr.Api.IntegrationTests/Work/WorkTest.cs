using System.Collections.Concurrent;
using Azure;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Time.Testing;
using XQr.Api.Work;

namespace XQr.Api.IntegrationTests.Work;

/// <summary>The queue, the clock and the handler of a test, and a consumer that treats messages as the Functions host does.</summary>
internal sealed class WorkTest(string connectionString, string queue)
{
    /// <summary>The work of <see cref="Handler"/>.</summary>
    public const string Work = "test";

    private static readonly TimeSpan Hidden = TimeSpan.FromMinutes(10);

    private readonly QueueClient work = new(connectionString, queue);
    private readonly QueueClient poison = new(connectionString, $"{queue}-poison");
    private readonly TableClient notes = new(connectionString, "Work");

    public PausesTime Time { get; } = new();

    public TestHandler Handler { get; } = new();

    /// <summary>Gets the messages that the instances have sent.</summary>
    public SentMessages Sent { get; } = new();

    /// <summary>Gets or sets the scheduled work of the next instances.</summary>
    public IReadOnlyList<ScheduledWork> Scheduled { get; set; } = [];

    /// <summary>Creates an instance of the service's classes with its own state.</summary>
    public WorkInstance NewInstance(params IEnumerable<HttpPipelinePolicy> policies) => new(connectionString, queue, this, policies);

    /// <summary>Returns the messages of the queue, visible or not.</summary>
    public async Task<int> CountAsync() => (await work.GetPropertiesAsync()).Value.ApproximateMessagesCount;

    /// <summary>Makes delayed messages visible now, as if their time had come.</summary>
    public async Task EndDelaysAsync()
    {
        foreach (var message in Sent.TakeDelayed())
        {
            try
            {
                await work.UpdateMessageAsync(message.Id, message.Receipt, visibilityTimeout: TimeSpan.Zero);
            }
            catch (RequestFailedException failure) when (failure.Status is 400 or 404)
            {
                // Its time has come meanwhile, and it was received.
            }
        }
    }

    public async Task<IReadOnlyList<string>> PoisonAsync() => [.. (await poison.PeekMessagesAsync(32)).Value.Select(message => message.MessageText)];

    /// <summary>Makes received messages of the poison queue visible again, by writing them anew.</summary>
    public async Task ShowPoisonAsync()
    {
        var count = (await poison.GetPropertiesAsync()).Value.ApproximateMessagesCount;
        var visible = (await PoisonAsync()).Count;
        for (var hidden = count - visible; hidden > 0; hidden--)
        {
            await AddPoisonAsync(new WorkMessage(Work, "a").Text);
        }
    }

    /// <summary>Removes all messages and rows.</summary>
    public async Task ClearAsync()
    {
        await Task.WhenAll(work.ClearMessagesAsync(), poison.ClearMessagesAsync());
        await foreach (var row in notes.QueryAsync<TableEntity>())
        {
            await notes.DeleteEntityAsync(row.PartitionKey, row.RowKey);
        }
    }

    public Task AddPoisonAsync(string text) => poison.SendMessageAsync(text);

    public Task SendTextAsync(string text) => work.SendMessageAsync(text);

    /// <summary>Receives a message as often as a process that dies in each try, and makes it visible again.</summary>
    public async Task ReceiveAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            var message = (await work.ReceiveMessagesAsync(1, Hidden)).Value.Single();
            await work.UpdateMessageAsync(message.MessageId, message.PopReceipt, visibilityTimeout: TimeSpan.Zero);
        }
    }

    public Task<List<TableEntity>> NotesAsync() =>
        notes.QueryAsync<TableEntity>("PartitionKey ge 'n' and PartitionKey lt 'o'").ToListAsync().AsTask();

    /// <summary>Consumes the visible messages until none is left; messages that fail come again at once.</summary>
    /// <returns>The number of messages that were received.</returns>
    public async Task<int> ConsumeAsync(WorkInstance instance, int max = int.MaxValue)
    {
        for (var received = 0; ; received++)
        {
            if (received == max || (await work.ReceiveMessagesAsync(1, Hidden)).Value is not [var message])
            {
                return received;
            }

            await ConsumeAsync(instance, message);
        }
    }

    private async Task ConsumeAsync(WorkInstance instance, QueueMessage message)
    {
        try
        {
            await instance.Runner.RunAsync(message.MessageText, message.DequeueCount, CancellationToken.None);
        }
        catch (Exception) when (message.DequeueCount >= WorkRunner.MaxTries)
        {
            await poison.SendMessageAsync(message.MessageText);
        }
        catch (Exception)
        {
            await work.UpdateMessageAsync(message.MessageId, message.PopReceipt, visibilityTimeout: TimeSpan.Zero);
            return;
        }

        await work.DeleteMessageAsync(message.MessageId, message.PopReceipt);
    }
}

/// <summary>Provides a time that only a test moves, and notes the pauses that are asked of it.</summary>
internal sealed class PausesTime() : FakeTimeProvider(System.GetUtcNow())
{
    private readonly ConcurrentQueue<TimeSpan> pauses = new();

    public IReadOnlyCollection<TimeSpan> Pauses => pauses;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        pauses.Enqueue(dueTime);
        return base.CreateTimer(callback, state, dueTime, period);
    }
}

/// <summary>Does what a test sets, and counts the runs that ended well.</summary>
internal sealed class TestHandler : IWorkHandler
{
    private int begun;
    private int done;

    public string Work => WorkTest.Work;

    /// <summary>Gets or sets the work: it returns the subject of what is left.</summary>
    public Func<string, CancellationToken, Task<string?>> Run { get; set; } = (_, _) => Task.FromResult<string?>(null);

    public int Begun => begun;

    public int Done => done;

    public async Task<string?> RunAsync(string subject, WorkBudget budget, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref begun);
        var left = await Run(subject, cancellationToken);
        Interlocked.Increment(ref done);
        return left;
    }
}
