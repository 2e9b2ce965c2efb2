using Microsoft.Extensions.Logging;
using XQr.Api.Storage;

namespace XQr.Api.Maintenance;

/// <summary>
/// Runs the maintenance tasks that are due. The hosts call it each minute, by a timer function or by <see cref="MaintenanceService"/>.
/// </summary>
internal sealed partial class MaintenanceRunner(
    MaintenanceStore store, IEnumerable<IMaintenanceTask> tasks, TimeProvider time, BackgroundWork background, ILogger<MaintenanceRunner> logger)
{
    private static readonly TimeSpan RenewalInterval = TimeSpan.FromSeconds(20);

    /// <summary>The time by which a task may run early, because a timer may fire a little early.</summary>
    private static readonly TimeSpan TimerTolerance = TimeSpan.FromSeconds(30);

    /// <summary>Runs the tasks that are due. The failure of a task is logged, and the task is due again at the next call.</summary>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>False if another instance holds the lease.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled the work, or the lease was lost.</exception>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        if (await store.TryAcquireAsync(cancellationToken) is not { } leaderLease)
        {
            return false;
        }

        using var working = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var renewing = RenewPeriodicallyAsync(leaderLease, working);
        try
        {
            await RunDueAsync(leaderLease, working.Token);
        }
        finally
        {
            await working.CancelAsync();
            await renewing;
            await store.ReleaseAsync(leaderLease, CancellationToken.None);
        }

        return true;
    }

    private async Task RunDueAsync(string leaderLease, CancellationToken cancellationToken)
    {
        var runs = await store.FindRunsAsync(cancellationToken);
        foreach (var task in tasks)
        {
            var now = time.GetUtcNow();
            var isDue = !runs.TryGetValue(task.Name, out var last) || now - last > task.Every - TimerTolerance;
            if (isDue && await TryRunAsync(task, now, cancellationToken))
            {
                runs[task.Name] = now;
                await store.SetRunsAsync(leaderLease, runs, cancellationToken);
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
            // The next call finds the storage, or the log says what the operator must do.
            await store.TryCreateStorageAsync(cancellationToken);
            return false;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            background.ReportFailure($"maintenance-{task.Name}", exception);
            return false;
        }
    }

    /// <summary>Renews the lease until the work ends, and cancels the work if the lease is lost.</summary>
    private async Task RenewPeriodicallyAsync(string leaderLease, CancellationTokenSource working)
    {
        using var timer = new PeriodicTimer(RenewalInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(working.Token) && await store.TryRenewAsync(leaderLease, working.Token))
            {
            }

            Log.LeaseLost(logger, null);
        }
        catch (Exception exception)
        {
            if (!working.IsCancellationRequested)
            {
                Log.LeaseLost(logger, exception);
            }
        }

        await working.CancelAsync();
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The maintenance lease was lost. The running tasks were cancelled and run again in a minute.")]
        public static partial void LeaseLost(ILogger logger, Exception? exception);
    }
}
