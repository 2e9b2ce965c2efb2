using Microsoft.Extensions.Logging;
using XQr.Api.Maintenance;
using XQr.Api.Primitives;
using XQr.Api.Storage;

namespace XQr.Api.Work;

/// <summary>Runs the handler of a message, for all consumers of the queue.</summary>
internal sealed partial class WorkRunner(
    WorkQueue queue,
    WorkQueueStore messages,
    WorkNoteStore notes,
    IEnumerable<IWorkHandler> handlers,
    StorageSetup setup,
    TimeProvider time,
    WorkMetrics metrics,
    BackgroundWork background,
    ILogger<WorkRunner> logger)
{
    /// <summary>The number of tries after which a message goes to the poison queue: <c>maxDequeueCount</c> in host.json.</summary>
    public const int MaxTries = 5;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromMinutes(10);

    /// <summary>The time after which failed work is tried again by itself. Until then, requests for it send no message.</summary>
    private static readonly TimeSpan PoisonPause = TimeSpan.FromDays(1);

    private readonly Dictionary<string, IWorkHandler> handlers = handlers.ToDictionary(handler => handler.Work, StringComparer.Ordinal);

    /// <summary>Runs the work of a message. Two transactions more than the work itself; a message whose work another one did, one.</summary>
    /// <param name="text">The text of the message.</param>
    /// <param name="tries">How often the message was received, this time included.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="Exception">The work failed. The message must be tried again or, after the last try, be moved to the poison queue.</exception>
    public async Task RunAsync(string text, long tries, CancellationToken cancellationToken)
    {
        var message = WorkMessage.Read(text);
        try
        {
            await RunAsync(message, tries, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            background.ReportFailure($"work-{message.Work}", exception);
            if (StorageFailure.IsNotSetUp(exception))
            {
                await setup.TryCreateMissingAsync(cancellationToken);
            }

            if (StorageFailure.IsOutage(exception))
            {
                // The message is not at fault. If storage does not take this one, it keeps the received one.
                var next = message with { Outages = message.Outages + 1 };
                await messages.SendAsync(next, Backoff.Delay(FirstDelay, next.Outages, MaxDelay), cancellationToken);
                return;
            }

            if (tries >= MaxTries)
            {
                metrics.AddPoison(message.Work);
                Log.GaveUp(logger, message.Work, message.Subject, tries);
                await notes.SetAsync(message, PoisonPause, cancellationToken);
            }

            throw;
        }
    }

    private async Task RunAsync(WorkMessage message, long tries, CancellationToken cancellationToken)
    {
        if (!handlers.TryGetValue(message.Work, out var handler))
        {
            throw new InvalidDataException($"This version has no work '{message.Work}'.");
        }

        // The note goes first: rows that are stored during the run need a message of their own.
        var isFirst = tries <= 1 && message.Outages == 0;
        if (!await notes.TryRemoveAsync(message, cancellationToken) && isFirst)
        {
            return;
        }

        using var limit = new CancellationTokenSource(WorkBudget.HardLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var left = await handler.RunAsync(message.Subject, new(time), either.Token);
        if (left is not null)
        {
            await queue.RequestAsync(message.Work, left, TimeSpan.Zero, cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            1,
            LogLevel.Error,
            "The work {Work} of '{Subject}' failed {Tries} times. Its message moves to the queue work-poison, and it is tried again in a day. "
            + "See the runbook, work-poisoned.")]
        public static partial void GaveUp(ILogger logger, string work, string subject, long tries);
    }
}
