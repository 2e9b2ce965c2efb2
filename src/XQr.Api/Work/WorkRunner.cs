using Microsoft.Extensions.Logging;
using XQr.Api.Background;
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

    /// <summary>
    /// Runs the work of a message. Two transactions more than the work itself; one if another message did the work or tries it again.
    /// </summary>
    /// <param name="text">The text of the message.</param>
    /// <param name="tries">How often the message was received, this time included.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="Exception">The work failed. The message must be tried again or, after the last try, be moved to the poison queue.</exception>
    public async Task RunAsync(string text, long tries, CancellationToken cancellationToken)
    {
        var message = WorkMessage.TryRead(text);
        try
        {
            await RunAsync(message ?? throw new InvalidDataException("The text of the message cannot be read."), tries, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            background.ReportFailure($"work-{NameOf(message)}", exception);
            if (StorageFailure.IsNotSetUp(exception))
            {
                await setup.TryCreateMissingAsync(cancellationToken);
            }

            if (message is not null && StorageFailure.IsOutage(exception))
            {
                await PostponeAsync(message with { Outages = message.Outages + 1 }, cancellationToken);
                return;
            }

            if (tries >= MaxTries)
            {
                await GiveUpAsync(text, tries, cancellationToken);
            }
            else if (message is not null)
            {
                await notes.SetFailedAsync(message, WorkQueueStore.RetryDelay, cancellationToken);
            }

            throw;
        }
    }

    /// <summary>Reports a message that moves to the poison queue, and lets its work rest for a day. One transaction.</summary>
    /// <param name="text">The text of the message.</param>
    /// <param name="tries">How often the message was received.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public async Task GiveUpAsync(string text, long tries, CancellationToken cancellationToken)
    {
        var message = WorkMessage.TryRead(text);
        metrics.AddPoison(NameOf(message));
        Log.GaveUp(logger, NameOf(message), message?.Subject, tries);
        if (message is not null)
        {
            await notes.SetFailedAsync(message, PoisonPause, cancellationToken);
        }
    }

    private static string NameOf(WorkMessage? message) => message?.Work ?? "unreadable";

    private async Task RunAsync(WorkMessage message, long tries, CancellationToken cancellationToken)
    {
        if (!handlers.TryGetValue(message.Work, out var handler))
        {
            throw new InvalidDataException($"This version has no work '{message.Work}'.");
        }

        // Only a read can tell: a removal that is repeated because its response was lost finds no note either.
        if (tries <= 1 && message.Outages == 0 && !await notes.IsWaitingForAsync(message, cancellationToken))
        {
            return;
        }

        // The note goes first: rows that are stored during the run need a message of their own.
        await notes.RemoveAsync(message, cancellationToken);
        if (await RunAsync(handler, message.Subject, cancellationToken) is { } left)
        {
            await queue.RequestAsync(message.Work, left, TimeSpan.Zero, cancellationToken);
        }
    }

    private async Task<string?> RunAsync(IWorkHandler handler, string subject, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(WorkBudget.HardLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await handler.RunAsync(subject, new(time), either.Token);
        }
        catch (OperationCanceledException exception) when (limit.IsCancellationRequested)
        {
            // Not an outage: work that always takes too long must reach an operator.
            throw new InvalidOperationException($"The work took longer than {WorkBudget.HardLimit.TotalSeconds:0} seconds.", exception);
        }
    }

    /// <summary>Sends a message again after an outage, which is not its fault. If storage does not take it, the received one comes again.</summary>
    private async Task PostponeAsync(WorkMessage message, CancellationToken cancellationToken)
    {
        var delay = Backoff.Delay(FirstDelay, message.Outages, MaxDelay);
        await background.TryRunAsync("work-notes", token => notes.SetFailedAsync(message, delay, token), cancellationToken);
        await messages.SendAsync(message, delay, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(
            1,
            LogLevel.Error,
            "The work {Work} of '{Subject}' failed {Tries} times. Its message moves to the queue work-poison, and it is tried again in a day. "
            + "See the runbook, work-poisoned.")]
        public static partial void GaveUp(ILogger logger, string work, string? subject, long tries);
    }
}
