using Microsoft.Extensions.Logging;
using XQr.Api.Storage;

namespace XQr.Api.Maintenance;

/// <summary>Runs the maintenance tasks that are due. The hosts call it each minute: a timer's function, or <see cref="MaintenanceService"/>.</summary>
internal sealed partial class MaintenanceRunner(
    MaintenanceStore store, IEnumerable<IMaintenanceTask> tasks, TimeProvider time, ILogger<MaintenanceRunner> logger)
{
    private static readonly TimeSpan BetweenRenewals = TimeSpan.FromSeconds(20);

    /// <summary>A timer of a minute comes now and then a little early.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(30);

    /// <summary>Runs what is due; false where another instance is at it. A task's failure is logged and stops no other; it is due again at the next call.</summary>
    /// <exception cref="OperationCanceledException">The work was broken off, by the caller or because the turn was lost.</exception>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        if (await store.TryTakeAsync(cancellationToken) is not { } turn)
        {
            return false;
        }

        using var working = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var keeping = KeepAsync(turn, working);
        try
        {
            await RunDueAsync(turn, working.Token);
        }
        finally
        {
            await working.CancelAsync();
            await keeping;
            await store.ReleaseAsync(turn, CancellationToken.None);
        }

        return true;
    }

    private async Task RunDueAsync(string turn, CancellationToken cancellationToken)
    {
        var runs = await store.FindRunsAsync(cancellationToken);
        foreach (var task in tasks)
        {
            var now = time.GetUtcNow();
            var isDue = !runs.TryGetValue(task.Name, out var last) || now - last > task.Every - Slack;
            if (isDue && await TryRunAsync(task, now, cancellationToken))
            {
                runs[task.Name] = now;
                await store.SetRunsAsync(turn, runs, cancellationToken);
            }
        }
    }

    private async Task<bool> TryRunAsync(IMaintenanceTask task, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            await task.RunAsync(now, cancellationToken);
            return true;
        }
        catch (Exception exception) when (StorageFailure.IsNotSetUp(exception) && !cancellationToken.IsCancellationRequested)
        {
            // What the task needs is there at the next call, or the one log line says what to do.
            await store.TryCreateStorageAsync(cancellationToken);
            return false;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            logger.WorkFailed($"maintenance-{task.Name}", exception);
            return false;
        }
    }

    /// <summary>Keeps the turn until the work is over; where it is lost, ends the work.</summary>
    private async Task KeepAsync(string turn, CancellationTokenSource working)
    {
        using var timer = new PeriodicTimer(BetweenRenewals, time);
        try
        {
            while (await timer.WaitForNextTickAsync(working.Token) && await store.TryKeepAsync(turn, working.Token))
            {
            }

            Log.TurnLost(logger, null);
        }
        catch (Exception exception)
        {
            if (!working.IsCancellationRequested)
            {
                Log.TurnLost(logger, exception);
            }
        }

        await working.CancelAsync();
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The turn to do the maintenance was lost")]
        public static partial void TurnLost(ILogger logger, Exception? exception);
    }
}
