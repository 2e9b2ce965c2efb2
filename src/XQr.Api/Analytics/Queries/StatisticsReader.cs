using XQr.Api.Analytics.Statistics;
using XQr.Api.Links;

namespace XQr.Api.Analytics.Queries;

/// <summary>Reads the statistics that one request asks for: of a workspace or of one of its links, with or without bots.</summary>
internal sealed class StatisticsReader(StatisticsStore store, string workspaceId, Link? link, bool includeBots)
{
    public string WorkspaceId => workspaceId;

    /// <summary>The link that the request is about; null for the whole workspace.</summary>
    public Link? Link => link;

    /// <param name="days">UTC days; null for all.</param>
    /// <param name="parts">What to read of them.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public Task<IReadOnlyList<DailyStatistics>> DaysAsync(DayRange? days, StatisticsParts parts, CancellationToken cancellationToken)
    {
        var to = days?.To ?? DayRange.Latest;
        return link is null
            ? store.ReadDaysAsync(workspaceId, days?.From, to, parts, includeBots, cancellationToken)
            : store.ReadLinkDaysAsync(workspaceId, link.Id, days?.From, to, parts, includeBots, cancellationToken);
    }

    public async Task<StatisticsTotals> TotalsAsync(DayRange? days, StatisticsParts parts, CancellationToken cancellationToken) =>
        new(await DaysAsync(days, parts, cancellationToken));

    /// <summary>The scans of each link of the workspace that has any.</summary>
    /// <param name="days">UTC days; null for all.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public Task<IReadOnlyDictionary<Guid, long>> LinksAsync(DayRange? days, CancellationToken cancellationToken) =>
        store.ReadLinkTotalsAsync(workspaceId, days?.From, days?.To ?? DayRange.Latest, includeBots, cancellationToken);
}
