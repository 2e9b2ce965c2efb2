using XQr.Api.Background;
using XQr.Api.Storage;

namespace XQr.Api.Work;

/// <summary>
/// Looks for work that no message wakes up: messages that were never sent, and work whose time has come. The hosts call it each minute. Any
/// number of instances may run it at once: what two of them request is requested once.
/// </summary>
internal sealed class WorkSweep(
    WorkNoteStore notes,
    WorkQueue queue,
    WorkQueueStore messages,
    WorkScheduleStore schedule,
    IEnumerable<ScheduledWork> scheduled,
    IEnumerable<IDueWork> due,
    StorageSetup setup,
    TimeProvider time,
    WorkMetrics metrics,
    BackgroundWork background)
{
    /// <summary>The time after which a due message counts as lost. In a queue that is behind, some come twice, which costs little.</summary>
    private static readonly TimeSpan Overdue = TimeSpan.FromMinutes(5);

    /// <summary>Runs the sweep. Three transactions if there is nothing to do. Failures are logged, and no part waits for another.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await TryAsync("work-lost", ResendAsync, cancellationToken);
        await TryAsync("work-schedule", RequestScheduledAsync, cancellationToken);
        foreach (var rows in due)
        {
            await TryAsync("work-due", token => rows.RequestAsync(time.GetUtcNow(), token), cancellationToken);
        }
    }

    private async Task ResendAsync(CancellationToken cancellationToken)
    {
        await foreach (var message in notes.FindLostAsync(Overdue, cancellationToken))
        {
            metrics.AddResent(message.Work);
            await messages.SendAsync(message, TimeSpan.Zero, cancellationToken);
        }
    }

    private async Task RequestScheduledAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var last = await schedule.ReadAsync(cancellationToken);
        foreach (var work in scheduled.Where(work => work.IsDue(last.GetValueOrDefault(work.Work), now)))
        {
            foreach (var subject in work.Subjects)
            {
                await queue.RequestAsync(work.Work, subject, TimeSpan.Zero, cancellationToken);
            }

            // Last: if the process dies before, the next sweep requests the work again.
            await schedule.SetAsync(work.Work, now, cancellationToken);
        }
    }

    private Task<bool> TryAsync(string name, Func<CancellationToken, Task> run, CancellationToken cancellationToken) => background.TryRunAsync(
        name,
        async token =>
        {
            try
            {
                await run(token);
            }
            catch (Exception exception) when (StorageFailure.IsNotSetUp(exception))
            {
                // The next sweep finds the storage, or the log says what the operator must do.
                await setup.TryCreateMissingAsync(token);
            }
        },
        cancellationToken);
}
