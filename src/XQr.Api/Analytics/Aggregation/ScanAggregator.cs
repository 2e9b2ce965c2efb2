using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using XQr.Api.Storage;

namespace XQr.Api.Analytics.Aggregation;

/// <summary>
/// Folds scans: counts those that are stored into the statistics, each once. Statistics are read only after what was there is folded, so that
/// they have every scan that was acknowledged. What fails for an hour, a link or a day is logged and tried again next time, and holds up
/// no other; only an outage of storage ends the work.
/// </summary>
internal sealed partial class ScanAggregator(
    Tables tables, AggregationStore store, PendingWorkStore pending, ErasureStore erasures, TimeProvider time, ILogger<ScanAggregator> logger)
{
    /// <summary>How often others may be quicker where it can be left to the next call.</summary>
    private const int MaxRefreshAttempts = 5;

    /// <summary>How many links a query reads at most to put visitors together again; the rest is left to the maintenance.</summary>
    private const int MaxLinksPerQuery = 500;

    private readonly ConcurrentDictionary<string, SemaphoreSlim> workspaceLocks = new(StringComparer.Ordinal);

    /// <summary>
    /// Folds what is there and erases the statistics of links that were deleted. Call it before reading statistics or the archive. One
    /// transaction where there is nothing to do.
    /// </summary>
    /// <remarks>
    /// Whatever it is broken off by, what was done is done, and the next call goes on from there. Where links with many visitors were
    /// deleted, those of the workspace may be too many until the maintenance has been there.
    /// </remarks>
    public Task PrepareAsync(string workspaceId, CancellationToken cancellationToken) => RunExclusiveAsync(workspaceId, MaxLinksPerQuery, cancellationToken);

    /// <summary>Does the same, however long it takes.</summary>
    public Task CompleteAsync(string workspaceId, CancellationToken cancellationToken) => RunExclusiveAsync(workspaceId, int.MaxValue, cancellationToken);

    /// <summary>Two at it in one process would only stand in each other's way.</summary>
    private async Task RunExclusiveAsync(string workspaceId, int linksToRead, CancellationToken cancellationToken)
    {
        var workspaceLock = workspaceLocks.GetOrAdd(workspaceId, _ => new(1));
        await workspaceLock.WaitAsync(cancellationToken);
        try
        {
            await RunAsync(workspaceId, linksToRead, cancellationToken);
        }
        finally
        {
            workspaceLock.Release();
        }
    }

    private async Task RunAsync(string workspaceId, int linksToRead, CancellationToken cancellationToken)
    {
        var rows = new StatisticsRows(tables.Workspaces, workspaceId);
        var stale = new SortedSet<DateOnly>();
        await foreach (var work in pending.ReadAsync(workspaceId, cancellationToken))
        {
            stale.UnionWith(work.StaleDays);
            foreach (var links in work.ToErase.Chunk(ErasureStore.MaxLinks))
            {
                await TryEraseAsync(rows, links, stale, cancellationToken);
            }

            foreach (var hour in work.Batches.GroupBy(batch => batch.HourText))
            {
                await TryAsync(rows, $"aggregation of hour {hour.Key}", () => AggregateAsync(rows, [.. hour], cancellationToken));
            }
        }

        foreach (var day in stale)
        {
            await TryAsync(rows, $"visitors of {day:yyyy-MM-dd}", async () => linksToRead -= await RefreshAsync(workspaceId, day, linksToRead, cancellationToken));
        }
    }

    /// <summary>Does something; false where it failed, other than by an outage.</summary>
    private async Task<bool> TryAsync(StatisticsRows rows, string what, Func<Task> act)
    {
        try
        {
            await act();
            return true;
        }
        catch (Exception exception) when (!StorageFailure.IsOutage(exception))
        {
            rows.Forget();
            Telemetry.BackgroundFailures.Add(1, new KeyValuePair<string, object?>("work", "aggregate-scans"));
            Log.Failed(logger, what, rows.WorkspaceId, exception);
            return false;
        }
    }

    /// <summary>Erases links together; where that fails, one by one.</summary>
    private async Task TryEraseAsync(StatisticsRows rows, Guid[] links, SortedSet<DateOnly> stale, CancellationToken cancellationToken)
    {
        if (!await TryAsync(rows, $"erasure of {links.Length} links", async () => stale.UnionWith(await EraseAsync(rows, links, cancellationToken))) && links.Length > 1)
        {
            foreach (var link in links)
            {
                await TryEraseAsync(rows, [link], stale, cancellationToken);
            }
        }
    }

    /// <summary>Folds batches of an hour.</summary>
    private async Task AggregateAsync(StatisticsRows rows, List<PendingBatch> batches, CancellationToken cancellationToken)
    {
        AggregationPlan? smaller = null;
        var maxBatches = int.MaxValue;
        for (var conflicts = 0; batches.Count > 0;)
        {
            var plan = smaller ?? AggregationPlan.Next(batches).Limit(maxBatches);
            smaller = null;
            var outcome = AggregationResult.Done;
            IReadOnlyList<PendingBatch> became = [];
            if (plan.Groups is null)
            {
                outcome = await store.TryAggregateAsync(rows, plan.Batches, cancellationToken);
            }
            else if (await store.TryDivideAsync(rows.WorkspaceId, plan, cancellationToken) is { } divided)
            {
                became = divided;
            }
            else
            {
                outcome = AggregationResult.Conflict;
            }

            switch (outcome)
            {
                case AggregationResult.Done:
                    batches = [.. batches.Except(plan.Batches), .. became];
                    conflicts = 0;
                    break;
                case AggregationResult.TooLarge:
                    smaller = plan.Reduce();
                    maxBatches = smaller.Batches.Count;
                    break;
                case AggregationResult.Conflict:
                    await time.PauseAfterConflictAsync(++conflicts, cancellationToken);
                    batches = await pending.ReadHourAsync(rows.WorkspaceId, batches[0].HourText, cancellationToken);
                    break;
            }
        }
    }

    /// <summary>Erases links, for good.</summary>
    /// <returns>The days whose visitors are to be put together again.</returns>
    private async Task<IReadOnlySet<DateOnly>> EraseAsync(StatisticsRows rows, Guid[] links, CancellationToken cancellationToken)
    {
        var days = new HashSet<DateOnly>();
        for (var conflicts = 0; links.Length > 0 && !await erasures.TryEraseAsync(rows, links, days, cancellationToken);)
        {
            await time.PauseAfterConflictAsync(++conflicts, cancellationToken);
            links = await pending.StillToEraseAsync(rows.WorkspaceId, links, cancellationToken);
        }

        return days;
    }

    private async Task<int> RefreshAsync(string workspaceId, DateOnly day, int maxLinks, CancellationToken cancellationToken)
    {
        for (var conflicts = 0; conflicts < MaxRefreshAttempts;)
        {
            if (await erasures.TryRefreshVisitorsAsync(workspaceId, day, maxLinks, cancellationToken) is { } read)
            {
                return read;
            }

            await time.PauseAfterConflictAsync(++conflicts, cancellationToken);
        }

        return 0;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The {What} of workspace {WorkspaceId} failed; it is tried again, and nothing else is held up. See the runbook, background-failures.")]
        public static partial void Failed(ILogger logger, string what, string workspaceId, Exception exception);
    }
}
