using System.Runtime.CompilerServices;

namespace XQr.Api.Work;

/// <summary>A message of the poison queue.</summary>
/// <param name="Text">The text.</param>
/// <param name="IsSent">True if it was sent again. A text that this version cannot read stays in the queue.</param>
internal sealed record PoisonResult(string Text, bool IsSent);

/// <summary>Lists the messages of the poison queue, and sends them again.</summary>
internal sealed class PoisonOperations(WorkQueueStore store, WorkQueue queue)
{
    /// <summary>Returns the number of messages and the texts of the first ones.</summary>
    public async Task<(int Count, IReadOnlyList<string> Texts)> ListAsync(CancellationToken cancellationToken) =>
        (await store.CountPoisonAsync(cancellationToken), await store.PeekPoisonAsync(cancellationToken));

    /// <summary>
    /// Sends each message again and removes it. If the process dies between the two, the message comes twice, which does no harm. A message that
    /// another retry has received less than three minutes ago is left to that one.
    /// </summary>
    public async IAsyncEnumerable<PoisonResult> RetryAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // The count ends the loop if work fails again meanwhile.
        for (var remaining = await store.CountPoisonAsync(cancellationToken); remaining > 0;)
        {
            var received = await store.ReceivePoisonAsync(cancellationToken);
            foreach (var delivery in received)
            {
                yield return new(delivery.Text, await TrySendAgainAsync(delivery, cancellationToken));
            }

            remaining = received.Count == 0 ? 0 : remaining - received.Count;
        }
    }

    private async Task<bool> TrySendAgainAsync(WorkDelivery delivery, CancellationToken cancellationToken)
    {
        if (WorkMessage.TryRead(delivery.Text) is not { } message)
        {
            return false;
        }

        await queue.SendAgainAsync(message with { Outages = 0 }, cancellationToken);
        await store.RemovePoisonAsync(delivery, cancellationToken);
        return true;
    }
}
