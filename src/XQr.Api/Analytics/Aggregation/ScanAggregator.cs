using Microsoft.Extensions.Logging;
using XQr.Api.Background;
using XQr.Api.Primitives;
using XQr.Api.Storage;
using XQr.Api.Work;

namespace XQr.Api.Analytics.Aggregation;

/// <summary>The result of an aggregation.</summary>
internal enum AggregationOutcome
{
    /// <summary>Nothing is left.</summary>
    Done,

    /// <summary>Something is left.</summary>
    TimeUsedUp,

    /// <summary>Something failed, which is logged. The rest is done.</summary>
    Failed,
}

/// <summary>
/// Aggregates stored scans into the statistics, each exactly once. A failure for an hour, a link or a day is logged and retried next time,
/// and does not block others; only an outage of storage ends the work.
/// </summary>
internal sealed partial class ScanAggregator(
    Tables tables,
    AggregationStore store,
    PendingWorkStore pending,
    ErasureStore erasures,
    TimeProvider time,
    BackgroundMetrics metrics,
    ILogger<ScanAggregator> logger)
{
    /// <summary>The maximum number of attempts to compute visitors again.</summary>
    private const int MaxRefreshAttempts = 5;

    private readonly KeyedState<string, SemaphoreSlim> workspaceLocks = new(_ => new(1));

    /// <summary>
    /// Aggregates the pending scans and erases the statistics of deleted links. One transaction if there is nothing to do. The next call
    /// continues an interrupted one.
    /// </summary>
    /// <remarks>Runs under a lock of the workspace, since concurrent runs in one process would only cause conflicts.</remarks>
    /// <param name="workspaceId">The workspace.</param>
    /// <param name="budget">The time to take; null for as long as it needs.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public async Task<AggregationOutcome> CompleteAsync(string workspaceId, WorkBudget? budget, CancellationToken cancellationToken)
    {
        using var workspaceLock = workspaceLocks.Use(workspaceId);
        await workspaceLock.State.WaitAsync(cancellationToken);
        try
        {
            return await RunAsync(workspaceId, budget, cancellationToken);
        }
        finally
        {
            workspaceLock.State.Release();
        }
    }

    private async Task<AggregationOutcome> RunAsync(string workspaceId, WorkBudget? budget, CancellationToken cancellationToken)
    {
        var rows = new StatisticsRows(tables.Workspaces, workspaceId);
        var succeeded = true;
        var stale = new SortedSet<DateOnly>();
        await foreach (var work in pending.ReadAsync(workspaceId, cancellationToken))
        {
            stale.UnionWith(work.StaleDays);
            foreach (var links in work.ToErase.Chunk(ErasureStore.MaxLinks).TakeWhile(_ => !IsUsedUp()))
            {
                succeeded &= await TryEraseAsync(rows, links, stale, cancellationToken);
            }

            foreach (var hour in work.Batches.GroupBy(batch => batch.HourText).TakeWhile(_ => !IsUsedUp()))
            {
                succeeded &= await TryAsync(
                    rows, $"aggregation of hour {hour.Key}", () => AggregateAsync(rows, [.. hour], budget, cancellationToken));
            }

            if (IsUsedUp())
            {
                break;
            }
        }

        foreach (var day in stale.TakeWhile(_ => !IsUsedUp()))
        {
            succeeded &= await TryAsync(
                rows, $"refresh of visitors of {day:yyyy-MM-dd}", () => RefreshAsync(workspaceId, day, cancellationToken));
        }

        return !succeeded ? AggregationOutcome.Failed : IsUsedUp() ? AggregationOutcome.TimeUsedUp : AggregationOutcome.Done;

        bool IsUsedUp() => budget is { IsUsedUp: true };
    }

    /// <summary>Runs an action and logs its failure. Outages are thrown.</summary>
    /// <returns>True if the action succeeded.</returns>
    private async Task<bool> TryAsync(StatisticsRows rows, string work, Func<Task> act)
    {
        try
        {
            await act();
            return true;
        }
        catch (Exception exception) when (!StorageFailure.IsOutage(exception))
        {
            rows.Forget();
            metrics.AddFailure("aggregate-scans");
            Log.Failed(logger, work, rows.WorkspaceId, exception);
            return false;
        }
    }

    /// <summary>Erases links together or, if that fails, one by one.</summary>
    private async Task<bool> TryEraseAsync(StatisticsRows rows, Guid[] links, SortedSet<DateOnly> stale, CancellationToken cancellationToken)
    {
        var erased = await TryAsync(
            rows, $"erasure of {links.Length} links", async () => stale.UnionWith(await EraseAsync(rows, links, cancellationToken)));
        if (erased || links.Length == 1)
        {
            return erased;
        }

        erased = true;
        foreach (var link in links)
        {
            erased &= await TryEraseAsync(rows, [link], stale, cancellationToken);
        }

        return erased;
    }

    /// <summary>Aggregates all batches of an hour, or as many as there is time for.</summary>
    private async Task AggregateAsync(
        StatisticsRows rows, IReadOnlyList<PendingBatch> batches, WorkBudget? budget, CancellationToken cancellationToken)
    {
        var hour = new HourAggregation(store, pending, rows, batches);
        while (await time.RetryAsync(SubjectOf(rows), () => hour.TryStepAsync(cancellationToken), cancellationToken)
            && budget is not { IsUsedUp: true })
        {
        }
    }

    /// <summary>Erases links.</summary>
    /// <returns>The days whose visitors must be computed again.</returns>
    private async Task<IReadOnlySet<DateOnly>> EraseAsync(StatisticsRows rows, Guid[] links, CancellationToken cancellationToken)
    {
        var days = new HashSet<DateOnly>();
        var erasure = new LinkErasure(erasures, pending, rows, links, days);
        while (await time.RetryAsync(SubjectOf(rows), () => erasure.TryStepAsync(cancellationToken), cancellationToken))
        {
        }

        return days;
    }

    /// <summary>Computes a day's visitors again. Gives up after some conflicts; the next call continues.</summary>
    private async Task RefreshAsync(string workspaceId, DateOnly day, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= MaxRefreshAttempts; attempt++)
        {
            if (await erasures.TryRefreshVisitorsAsync(workspaceId, day, int.MaxValue, cancellationToken) is not null)
            {
                return;
            }

            await time.PauseAsync(attempt, cancellationToken);
        }
    }

    private static string SubjectOf(StatisticsRows rows) => $"the statistics of workspace {rows.WorkspaceId}";

    private static partial class Log
    {
        [LoggerMessage(
            1,
            LogLevel.Error,
            "The {Work} of workspace {WorkspaceId} failed. It is retried; other work continues. See the runbook, background-failures.")]
        public static partial void Failed(ILogger logger, string work, string workspaceId, Exception exception);
    }
}
