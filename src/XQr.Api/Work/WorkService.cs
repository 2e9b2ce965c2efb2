using System.Runtime.CompilerServices;
using Microsoft.Extensions.Hosting;
using XQr.Api.Maintenance;
using XQr.Api.Primitives;

namespace XQr.Api.Work;

/// <summary>Consumes the queue, for hosts without queue triggers. It treats messages as the trigger of the Functions host does.</summary>
internal sealed class WorkService(WorkQueueStore queue, WorkRunner runner, TimeProvider time, BackgroundWork background) : BackgroundService
{
    private const int Parallelism = 4;

    private static readonly TimeSpan MinPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(5);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Parallel.ForEachAsync(
        ReceiveAllAsync(stoppingToken),
        new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = stoppingToken },
        async (message, token) => await background.TryRunAsync("work-queue", inner => ConsumeAsync(message, inner), token));

    /// <summary>Runs the work of a message and removes the message, makes it visible again, or moves it to the poison queue.</summary>
    private async Task ConsumeAsync(WorkDelivery message, CancellationToken cancellationToken)
    {
        // A message whose process died in the last try has more tries.
        if (message.Tries > WorkRunner.MaxTries)
        {
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
