using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using XQr.Api.Storage;

namespace XQr.Api.Work;

/// <summary>A message as a consumer received it.</summary>
/// <param name="Text">The text.</param>
/// <param name="Tries">How often it was received, this time included.</param>
/// <param name="Id">The id that storage gave the message.</param>
/// <param name="Receipt">The proof that this consumer received it last.</param>
internal sealed record WorkDelivery(string Text, long Tries, string Id, string Receipt);

/// <summary>Sends and receives the messages of background work.</summary>
internal sealed class WorkQueueStore(Queues queues)
{
    /// <summary>The time for which others do not see a received message. It may wait for the work of the one before.</summary>
    private static readonly TimeSpan Invisible = WorkBudget.HardLimit * 3;

    /// <summary>The time after which a message whose work failed is received again: <c>visibilityTimeout</c> in host.json.</summary>
    internal static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(30);

    /// <summary>The number of messages that storage returns at once.</summary>
    private const int MaxBatch = 32;

    /// <summary>Messages do not expire: work that nobody did is never forgotten.</summary>
    private static readonly TimeSpan Never = TimeSpan.FromSeconds(-1);

    /// <summary>Sends a message. One transaction.</summary>
    public Task SendAsync(WorkMessage message, TimeSpan delay, CancellationToken cancellationToken) =>
        queues.Work.SendMessageAsync(message.Text, delay, Never, cancellationToken);

    /// <summary>Receives messages. One transaction. The start, or the sweep, creates a queue that does not exist yet.</summary>
    public Task<IReadOnlyList<WorkDelivery>> ReceiveAsync(int max, CancellationToken cancellationToken) =>
        ReceiveAsync(queues.Work, max, cancellationToken);

    /// <summary>Removes a message whose work is done. One transaction.</summary>
    public Task CompleteAsync(WorkDelivery message, CancellationToken cancellationToken) =>
        queues.Work.DeleteMessageAsync(message.Id, message.Receipt, cancellationToken);

    /// <summary>Lets a message be received again a little later. One transaction.</summary>
    public Task PostponeAsync(WorkDelivery message, CancellationToken cancellationToken) => queues.Work.UpdateMessageAsync(
        message.Id, message.Receipt, visibilityTimeout: RetryDelay, cancellationToken: cancellationToken);

    /// <summary>Returns the first messages of the poison queue, at most 32, without a change. One transaction.</summary>
    public async Task<IReadOnlyList<string>> PeekPoisonAsync(CancellationToken cancellationToken)
    {
        PeekedMessage[] messages = await queues.WorkPoison.PeekMessagesAsync(MaxBatch, cancellationToken);
        return [.. messages.Select(message => message.MessageText)];
    }

    /// <summary>Counts the messages of the poison queue. One transaction.</summary>
    public async Task<int> CountPoisonAsync(CancellationToken cancellationToken) =>
        (await queues.WorkPoison.GetPropertiesAsync(cancellationToken)).Value.ApproximateMessagesCount;

    /// <summary>Receives messages of the poison queue, at most 32. One transaction.</summary>
    public Task<IReadOnlyList<WorkDelivery>> ReceivePoisonAsync(CancellationToken cancellationToken) =>
        ReceiveAsync(queues.WorkPoison, MaxBatch, cancellationToken);

    /// <summary>Removes a message of the poison queue. One transaction.</summary>
    public Task RemovePoisonAsync(WorkDelivery message, CancellationToken cancellationToken) =>
        queues.WorkPoison.DeleteMessageAsync(message.Id, message.Receipt, cancellationToken);

    /// <summary>Moves a message to the poison queue. Two transactions; if the process dies between them, the message is in both.</summary>
    public async Task PoisonAsync(WorkDelivery message, CancellationToken cancellationToken)
    {
        await queues.WorkPoison.SendMessageAsync(message.Text, timeToLive: Never, cancellationToken: cancellationToken);
        await CompleteAsync(message, cancellationToken);
    }

    private static async Task<IReadOnlyList<WorkDelivery>> ReceiveAsync(QueueClient queue, int max, CancellationToken cancellationToken)
    {
        try
        {
            QueueMessage[] messages = await queue.ReceiveMessagesAsync(max, Invisible, cancellationToken);
            return
            [
                .. messages.Select(message => new WorkDelivery(message.MessageText, message.DequeueCount, message.MessageId, message.PopReceipt)),
            ];
        }
        catch (RequestFailedException failure) when (StorageFailure.IsNotSetUp(failure))
        {
            return [];
        }
    }
}
