using System.Runtime.CompilerServices;
using Microsoft.Extensions.Hosting;
using XQr.Api.Background;
using XQr.Api.Primitives;

namespace XQr.Api.Work;

/// <summary>Consumes the queue, for hosts without queue triggers. It treats messages as the trigger of the Functions host does.</summary>
internal sealed class WorkService(WorkQueueStore queue, WorkRunner runner, TimeProvider time, BackgroundWork background) : BackgroundService
{
    /// <summary>The number of messages whose work runs at once: <c>batchSize</c> and <c>newBatchThreshold</c> in host.json.</summary>
    internal const int Parallelism = 4;

    /// <summary>The longest pause between two questions for messages, without its random part: <c>maxPollingInterval</c> in host.json.</summary>
    internal static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan MinPause = TimeSpan.FromMilliseconds(250);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Parallel.ForEachAsync(
        ReceiveAllAsync(stoppingToken),
        new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = stoppingToken },
        async (message, token) => await background.TryRunAsync("work-queue", inner => ConsumeAsync(message, inner), token));

    /// <summary>Runs the work of a message and removes the message, makes it visible again, or moves it to the poison queue.</summary>
    private async Task ConsumeAsync(WorkDelivery message, CancellationToken cancellationToken)
    {
        // The process died in the last try.
        if (message.Tries > WorkRunner.MaxTries)
        {
            await runner.GiveUpAsync(message.Text, message.Tries, cancellationToken);
            await queue.PoisonAsync(message, cancellationToken);
            return;
        }

        try
        {
            await runner.RunAsync(message.Text, message.Tries, cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // The runner has logged it.
            await (message.Tries < WorkRunner.MaxTries
                ? queue.PostponeAsync(message, cancellationToken)
                : queue.PoisonAsync(message, cancellationToken));
            return;
        }

        await queue.CompleteAsync(message, cancellationToken);
    }

    /// <summary>Returns messages as they come. While none comes it asks ever more slowly.</summary>
    private async IAsyncEnumerable<WorkDelivery> ReceiveAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var empty = 0; ; empty++)
        {
            IReadOnlyList<WorkDelivery> received = [];
            await background.TryRunAsync(
                "work-queue", async token => received = await queue.ReceiveAsync(Parallelism, token), cancellationToken);
            foreach (var message in received)
            {
                empty = 0;
                yield return message;
            }

            if (received.Count == 0)
            {
                await Task.Delay(Backoff.Delay(MinPause, empty + 1, MaxPause), time, cancellationToken);
            }
        }
    }
}
