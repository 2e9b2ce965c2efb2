using XQr.Api.Analytics.Aggregation;
using XQr.Api.Analytics.Statistics;
using XQr.Api.Links;

namespace XQr.Api.Analytics.Queries;

/// <summary>Reads statistics for one request: of a workspace or of one of its links, with or without bots.</summary>
internal sealed class StatisticsReader(
    StatisticsStore store, LinkTotalsStore totals, string workspaceId, Link? link, bool includeBots, PendingSnapshot pending)
{
    /// <summary>Gets the id of the workspace.</summary>
    public string WorkspaceId => workspaceId;

    /// <summary>Gets the requested link; null for the whole workspace.</summary>
    public Link? Link => link;

    /// <summary>Gets the pending work whose scans are added to the statistics.</summary>
    public PendingSnapshot Pending { get; private set; } = pending;

    /// <summary>Leaves out the pending scans from an hour on.</summary>
    public void ExcludeFrom(DateTimeOffset hour) => Pending = Pending.Before(hour);

    /// <summary>Returns statistics by day, without days that have no scans.</summary>
    /// <param name="days">The UTC days; null for all.</param>
    /// <param name="parts">The parts to read.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public Task<IReadOnlyList<DailyStatistics>> DaysAsync(DayRange? days, StatisticsParts parts, CancellationToken cancellationToken) =>
        store.ReadDaysAsync(
            workspaceId, link?.Id, days?.From, days?.To ?? DayRange.Latest, parts, includeBots, Pending.Scans, cancellationToken);

    /// <summary>Returns the totals of days.</summary>
    public async Task<StatisticsTotals> TotalsAsync(DayRange? days, StatisticsParts parts, CancellationToken cancellationToken) =>
        new(await DaysAsync(days, parts, cancellationToken));

    /// <summary>Returns the number of scans of each link of the workspace, without links that have no scans.</summary>
    /// <param name="days">The UTC days; null for all.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public Task<IReadOnlyDictionary<Guid, long>> LinksAsync(DayRange? days, CancellationToken cancellationToken) =>
        totals.ReadAsync(workspaceId, days?.From, days?.To ?? DayRange.Latest, includeBots, Pending.Scans, cancellationToken);
}
