using Azure;
using Azure.Data.Tables;
using XQr.Api.Analytics.Quarantine;
using XQr.Api.Storage;

namespace XQr.Api.Analytics.Statistics;

/// <summary>
/// Statistics, kept for good. Table <c>Workspaces</c>, partition = workspace id:
/// <list type="table">
/// <item><term><c>d{yyyyMMdd}</c></term><description>the workspace's UTC day (<see cref="DailyStatisticsRow"/>), and Archived00 to Archived23, how
/// many rows the archive has had of each hour</description></item>
/// <item><term><c>dl{yyyyMMdd}{shard}</c>, <c>dl{yyyyMMdd}{shard}{0001 …}</c></term><description>the scans of that day's links: Links0, …
/// and BotLinks0, … (<see cref="CountsFormat"/>); a shard has more rows where it has many links</description></item>
/// <item><term><c>b{inverted link id}{yyyyMMdd}</c></term><description>a link's day (<see cref="DailyStatisticsRow"/>)</description></item>
/// </list>
/// Days without scans have no rows. To read costs one transaction a thousand days or 4 MiB. A row that cannot be read is left out and
/// reported: a query answers with the others.
/// </summary>
internal sealed class StatisticsStore(Tables tables, UnreadableRows unreadable)
{
    /// <summary>How many days with the visitors of their hours are read at once: some 2 MiB, which a call's second is enough for.</summary>
    private const int LargeRows = 31;

    /// <summary>The statistics of a workspace's days that have any, in order.</summary>
    /// <param name="workspaceId">The workspace.</param>
    /// <param name="from">The first UTC day; null for all.</param>
    /// <param name="to">The last UTC day.</param>
    /// <param name="parts">What to read of them.</param>
    /// <param name="includeBots">Whether the scans of bots are among them.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public Task<IReadOnlyList<DailyStatistics>> ReadDaysAsync(
        string workspaceId, DateOnly? from, DateOnly to, StatisticsParts parts, bool includeBots, CancellationToken cancellationToken) =>
        ReadAsync(workspaceId, StatisticsKeys.Day(from ?? DateOnly.MinValue), StatisticsKeys.Day(to), parts, includeBots, cancellationToken);

    /// <summary>The statistics of a link's days that have any, in order.</summary>
    /// <inheritdoc cref="ReadDaysAsync"/>
    public Task<IReadOnlyList<DailyStatistics>> ReadLinkDaysAsync(
        string workspaceId, Guid linkId, DateOnly? from, DateOnly to, StatisticsParts parts, bool includeBots, CancellationToken cancellationToken) =>
        ReadAsync(
            workspaceId, StatisticsKeys.LinkDay(linkId, from ?? DateOnly.MinValue), StatisticsKeys.LinkDay(linkId, to), parts, includeBots, cancellationToken);

    /// <summary>How many scans each link had in some days; links without scans are left out.</summary>
    /// <inheritdoc cref="ReadDaysAsync"/>
    public async Task<IReadOnlyDictionary<Guid, long>> ReadLinkTotalsAsync(
        string workspaceId, DateOnly? from, DateOnly to, bool includeBots, CancellationToken cancellationToken)
    {
        var totals = new Dictionary<Guid, long>();
        var (first, last) = (StatisticsKeys.Links(from ?? DateOnly.MinValue), StatisticsKeys.AfterLinks(to));
        await foreach (var row in RowsAsync(workspaceId, first, last, LinkCountsRow.Select(includeBots), pageSize: null, cancellationToken))
        {
            TryRead(workspaceId, row, () =>
            {
                LinkCountsRow.Read(row, DailyStatisticsRow.People, totals);
                if (includeBots)
                {
                    LinkCountsRow.Read(row, DailyStatisticsRow.Bots, totals);
                }
            });
        }

        return totals;
    }

    private async Task<IReadOnlyList<DailyStatistics>> ReadAsync(
        string workspaceId, string first, string last, StatisticsParts parts, bool includeBots, CancellationToken cancellationToken)
    {
        var days = new List<DailyStatistics>();
        int? pageSize = parts.HasFlag(StatisticsParts.VisitorsOfHour) ? LargeRows : null;
        await foreach (var row in RowsAsync(workspaceId, first, last, DailyStatisticsRow.Select(parts, includeBots), pageSize, cancellationToken))
        {
            TryRead(workspaceId, row, () =>
            {
                var statistics = DailyStatisticsRow.Read(row, DailyStatisticsRow.People);
                if (includeBots)
                {
                    statistics.Add(DailyStatisticsRow.Read(row, DailyStatisticsRow.Bots));
                }

                if (statistics.Scans > 0)
                {
                    days.Add(new(StatisticsKeys.DayOf(row.RowKey), statistics));
                }
            });
        }

        return days;
    }

    private void TryRead(string workspaceId, TableEntity row, Action read)
    {
        try
        {
            read();
        }
        catch (Exception exception) when (exception is InvalidDataException or InvalidOperationException)
        {
            unreadable.Report(workspaceId, row.RowKey, exception);
        }
    }

    private AsyncPageable<TableEntity> RowsAsync(
        string workspaceId, string first, string last, IEnumerable<string> select, int? pageSize, CancellationToken cancellationToken) =>
        tables.Workspaces.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {workspaceId} and RowKey ge {first} and RowKey le {last}"),
            pageSize,
            select,
            cancellationToken);
}
