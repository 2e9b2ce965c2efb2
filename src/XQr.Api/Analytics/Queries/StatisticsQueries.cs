using XQr.Api.Analytics.Aggregation;
using XQr.Api.Analytics.Statistics;
using XQr.Api.Links;
using XQr.Api.Primitives;
using XQr.Api.Storage;

namespace XQr.Api.Analytics.Queries;

/// <summary>The answer to a query.</summary>
/// <param name="Value">The answer.</param>
/// <param name="Through">How current the answer is.</param>
internal sealed record QueryAnswer<T>(T Value, DataThrough Through);

/// <summary>
/// Runs queries of statistics. A query reads the pending scans first and adds them to the statistics in memory. If one of its batches was
/// aggregated in the meantime, its scans may be in the statistics as well, so the query runs again. One transaction if nothing is pending,
/// otherwise three, and one more for a link.
/// </summary>
internal sealed class StatisticsQueries(
    StatisticsStore statistics,
    LinkTotalsStore totals,
    PendingSnapshots snapshots,
    LinkStore links,
    IAggregationRequests aggregations,
    TimeProvider time)
{
    /// <summary>
    /// The maximum number of runs with pending scans. During a long aggregation, an answer without them is right, only less current.
    /// </summary>
    private const int MaxAttempts = 8;

    /// <summary>Runs a query of a workspace.</summary>
    /// <param name="workspaceId">The workspace.</param>
    /// <param name="includeBots">True to include bots.</param>
    /// <param name="query">The query, which may run several times.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public Task<QueryAnswer<T>> RunAsync<T>(
        string workspaceId, bool includeBots, Func<StatisticsReader, Task<T>> query, CancellationToken cancellationToken) =>
        RunAsync(workspaceId, link: null, includeBots, query, cancellationToken);

    /// <summary>Runs a query of a workspace or of one of its links.</summary>
    /// <param name="workspaceId">The workspace.</param>
    /// <param name="linkId">The id of the link; null for the whole workspace.</param>
    /// <param name="includeBots">True to include bots.</param>
    /// <param name="query">The query, which may run several times.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>The answer; null if the link does not exist.</returns>
    public async Task<QueryAnswer<T>?> TryRunAsync<T>(
        string workspaceId, string? linkId, bool includeBots, Func<StatisticsReader, Task<T>> query, CancellationToken cancellationToken)
    {
        Link? link = null;
        if (linkId is not null && (!Ids.TryParse(linkId, out var id) || (link = await links.FindAsync(workspaceId, id, cancellationToken)) is null))
        {
            return null;
        }

        return await RunAsync(workspaceId, link, includeBots, query, cancellationToken);
    }

    private async Task<QueryAnswer<T>> RunAsync<T>(
        string workspaceId, Link? link, bool includeBots, Func<StatisticsReader, Task<T>> query, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var pending = await snapshots.ReadAsync(workspaceId, cancellationToken);
            if (pending.NeedsAggregation && attempt == 1)
            {
                await aggregations.RequestAsync(workspaceId, cancellationToken);
            }

            if (attempt > MaxAttempts && pending.Batches.Count > 0)
            {
                pending = pending.Before(pending.Batches[0].Hour);
            }

            var reader = new StatisticsReader(statistics, totals, workspaceId, link, includeBots, pending);
            var value = await query(reader);
            if (await snapshots.ArePendingAsync(workspaceId, reader.Pending, cancellationToken))
            {
                return new(value, reader.Pending.Through);
            }

            await time.PauseAsync(attempt, cancellationToken);
        }
    }
}
