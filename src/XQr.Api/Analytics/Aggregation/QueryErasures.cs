using Microsoft.Extensions.Logging;
using XQr.Api.Storage;

namespace XQr.Api.Analytics.Aggregation;

/// <summary>The erasures of a query.</summary>
/// <param name="Left">The links that are not completely erased.</param>
/// <param name="IsComplete">True if background work has nothing to erase, and no visitors to compute again.</param>
internal sealed record QueryErasure(HashSet<Guid> Left, bool IsComplete);

/// <summary>
/// Erases deleted links for queries, so that answers do not contain them. It takes no lock and does a limited amount of work; the background
/// work does the rest. Its commits are conditional like all others, so it may run at the same time as an aggregation.
/// </summary>
internal sealed partial class QueryErasures(
    Tables tables, ErasureStore store, PendingWorkStore pending, TimeProvider time, ILogger<QueryErasures> logger)
{
    /// <summary>The maximum number of steps, each of which erases one day of the links.</summary>
    private const int MaxSteps = 40;

    /// <summary>The maximum number of days whose visitors are computed again.</summary>
    private const int MaxStaleDays = 40;

    /// <summary>The maximum number of links that are read to compute visitors again.</summary>
    private const int MaxLinksToRead = 500;

    /// <summary>Erases links and computes visitors again. No transaction if there is nothing to do.</summary>
    public async Task<QueryErasure> EraseAsync(string workspaceId, PendingWork work, CancellationToken cancellationToken)
    {
        var left = new HashSet<Guid>(work.ToErase);
        var isComplete = left.Count == 0 && work.StaleDays.Count == 0;
        try
        {
            isComplete = isComplete || await TryEraseAsync(workspaceId, work, left, cancellationToken);
        }
        catch (Exception exception) when (exception is ContentionException || !StorageFailure.IsOutage(exception))
        {
            Log.Failed(logger, workspaceId, exception);
        }

        return new(left, isComplete);
    }

    /// <returns>True if nothing is left.</returns>
    private async Task<bool> TryEraseAsync(string workspaceId, PendingWork work, HashSet<Guid> left, CancellationToken cancellationToken)
    {
        var stale = new SortedSet<DateOnly>(work.StaleDays);
        Guid[] links = [.. work.ToErase.Take(ErasureStore.MaxLinks)];
        if (links.Length > 0 && await TryEraseAsync(workspaceId, links, stale, cancellationToken))
        {
            left.ExceptWith(links);
        }

        var (linksToRead, isComplete) = (MaxLinksToRead, left.Count == 0 && stale.Count <= MaxStaleDays);
        foreach (var day in stale.Take(MaxStaleDays))
        {
            var read = await store.TryRefreshVisitorsAsync(workspaceId, day, linksToRead, cancellationToken) ?? 0;
            linksToRead -= read;
            isComplete &= read > 0;
        }

        return isComplete;
    }

    /// <returns>True if nothing is left of the links.</returns>
    private async Task<bool> TryEraseAsync(string workspaceId, Guid[] links, ISet<DateOnly> stale, CancellationToken cancellationToken)
    {
        var erasure = new LinkErasure(store, pending, new(tables.Workspaces, workspaceId), links, stale);
        for (var step = 0; step < MaxSteps; step++)
        {
            var isLeft = await time.RetryAsync(
                $"the statistics of workspace {workspaceId}", () => erasure.TryStepAsync(cancellationToken), cancellationToken);
            if (!isLeft)
            {
                return true;
            }
        }

        return false;
    }

    private static partial class Log
    {
        [LoggerMessage(
            1,
            LogLevel.Warning,
            "A query of workspace {WorkspaceId} could not erase deleted links. Its answer may contain them; the background work tries again.")]
        public static partial void Failed(ILogger logger, string workspaceId, Exception exception);
    }
}
