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
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(30);

    /// <summary>Messages do not expire: work that nobody did is never forgotten.</summary>
    private static readonly TimeSpan Never = TimeSpan.FromSeconds(-1);

    /// <summary>Sends a message. One transaction.</summary>
    public Task SendAsync(WorkMessage message, TimeSpan delay, CancellationToken cancellationToken) =>
        queues.Work.SendMessageAsync(message.Text, delay, Never, cancellationToken);

    /// <summary>Receives messages. One transaction.</summary>
    public async Task<IReadOnlyList<WorkDelivery>> ReceiveAsync(int max, CancellationToken cancellationToken)
    {
        QueueMessage[] messages = await queues.Work.ReceiveMessagesAsync(max, Invisible, cancellationToken);
        return [.. messages.Select(message => new WorkDelivery(message.MessageText, message.DequeueCount, message.MessageId, message.PopReceipt))];
    }

    /// <summary>Removes a message whose work is done. One transaction.</summary>
    public Task CompleteAsync(WorkDelivery message, CancellationToken cancellationToken) =>
        queues.Work.DeleteMessageAsync(message.Id, message.Receipt, cancellationToken);

    /// <summary>Lets a message be received again a little later. One transaction.</summary>
    public Task PostponeAsync(WorkDelivery message, CancellationToken cancellationToken) => queues.Work.UpdateMessageAsync(
        message.Id, message.Receipt, visibilityTimeout: RetryDelay, cancellationToken: cancellationToken);

    /// <summary>Moves a message to the poison queue. Two transactions; if the process dies between them, the message is in both.</summary>
    public async Task PoisonAsync(WorkDelivery message, CancellationToken cancellationToken)
    {
        await queues.WorkPoison.SendMessageAsync(message.Text, timeToLive: Never, cancellationToken: cancellationToken);
        await CompleteAsync(message, cancellationToken);
    }
}
