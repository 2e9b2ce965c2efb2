using Azure;
using Azure.Data.Tables;
using XQr.Api.Analytics.Quarantine;
using XQr.Api.Analytics.Scans;
using XQr.Api.Storage;

namespace XQr.Api.Analytics.Statistics;

/// <summary>
/// Reads statistics, which are kept indefinitely. Table <c>Workspaces</c>, partition = workspace id:
/// <list type="table">
/// <item><term><c>d{yyyyMMdd}</c></term><description>the workspace's UTC day (<see cref="DailyStatisticsRow"/>), and Archived00 to
/// Archived23, the number of archive rows that each hour has had</description></item>
/// <item><term><c>dl{yyyyMMdd}{shard}</c>, <c>dl{yyyyMMdd}{shard}{0001 …}</c></term><description>the scan counts of that day's links: Links0, …
/// and BotLinks0, … (<see cref="CountsFormat"/>); a shard with many links has more rows</description></item>
/// <item><term><c>b{inverted link id}{yyyyMMdd}</c></term><description>a link's day (<see cref="DailyStatisticsRow"/>)</description></item>
/// </list>
/// Days without scans have no rows. Reading takes one transaction for each thousand days or 4 MiB. An unreadable row is reported, and the
/// response is computed from the others.
/// </summary>
internal sealed class StatisticsStore(Tables tables, UnreadableRows unreadable)
{
    /// <summary>The page size for days with the visitors of their hours: about 2 MiB, which one call can transfer before its timeout.</summary>
    private const int LargeRowPageSize = 31;

    /// <summary>Returns the statistics of a workspace by day, ordered by day, without days that have no scans.</summary>
    /// <param name="workspaceId">The workspace.</param>
    /// <param name="from">The first UTC day; null to begin with the first day that has scans.</param>
    /// <param name="to">The last UTC day, included.</param>
    /// <param name="parts">The parts to read.</param>
    /// <param name="includeBots">True to include the scans of bots.</param>
    /// <param name="pending">The pending scans to add.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public Task<IReadOnlyList<DailyStatistics>> ReadDaysAsync(
        string workspaceId,
        DateOnly? from,
        DateOnly to,
        StatisticsParts parts,
        bool includeBots,
        PendingScans pending,
        CancellationToken cancellationToken)
    {
        var first = from ?? DateOnly.MinValue;
        return ReadAsync(
            workspaceId,
            StatisticsKeys.Day(first),
            StatisticsKeys.Day(to),
            parts,
            includeBots,
            new(pending.Read(first, to, includeBots), DailyStatisticsRow.WorkspaceValueBytes),
            cancellationToken);
    }

    /// <summary>Returns the statistics of a link by day, ordered by day, without days that have no scans.</summary>
    /// <inheritdoc cref="ReadDaysAsync"/>
    public Task<IReadOnlyList<DailyStatistics>> ReadLinkDaysAsync(
        string workspaceId,
        Guid linkId,
        DateOnly? from,
        DateOnly to,
        StatisticsParts parts,
        bool includeBots,
        PendingScans pending,
        CancellationToken cancellationToken)
    {
        var first = from ?? DateOnly.MinValue;
        return ReadAsync(
            workspaceId,
            StatisticsKeys.LinkDay(linkId, first),
            StatisticsKeys.LinkDay(linkId, to),
            parts,
            includeBots,
            new(pending.Read(first, to, includeBots).Where(scan => scan.LinkId == linkId), DailyStatisticsRow.LinkValueBytes),
            cancellationToken);
    }

    /// <summary>Returns the number of scans of each link, without links that have no scans.</summary>
    /// <inheritdoc cref="ReadDaysAsync"/>
    public async Task<IReadOnlyDictionary<Guid, long>> ReadLinkTotalsAsync(
        string workspaceId, DateOnly? from, DateOnly to, bool includeBots, PendingScans pending, CancellationToken cancellationToken)
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

        foreach (var scan in pending.Read(from ?? DateOnly.MinValue, to, includeBots))
        {
            totals[scan.LinkId] = totals.GetValueOrDefault(scan.LinkId) + 1;
        }

        foreach (var link in pending.Erased)
        {
            totals.Remove(link);
        }

        return totals;
    }

    private async Task<IReadOnlyList<DailyStatistics>> ReadAsync(
        string workspaceId,
        string first,
        string last,
        StatisticsParts parts,
        bool includeBots,
        AddedScans added,
        CancellationToken cancellationToken)
    {
        var days = new SortedDictionary<DateOnly, (ScanStatistics People, ScanStatistics Bots)>();
        int? pageSize = parts.HasFlag(StatisticsParts.VisitorsOfHour) ? LargeRowPageSize : null;
        await foreach (var row in RowsAsync(workspaceId, first, last, DailyStatisticsRow.Select(parts, includeBots), pageSize, cancellationToken))
        {
            TryRead(workspaceId, row, () => days.Add(
                StatisticsKeys.DayOf(row.RowKey),
                (DailyStatisticsRow.Read(row, DailyStatisticsRow.People),
                    includeBots ? DailyStatisticsRow.Read(row, DailyStatisticsRow.Bots) : new())));
        }

        foreach (var scan in added.Scans)
        {
            var day = PendingScans.DayOf(scan);
            if (!days.TryGetValue(day, out var statistics))
            {
                days.Add(day, statistics = (new(), new()));
            }

            (scan.IsBot ? statistics.Bots : statistics.People).Add(scan, added.MaxValueBytes);
        }

        foreach (var (people, bots) in days.Values)
        {
            people.Add(bots);
        }

        return [.. days.Where(day => day.Value.People.Scans > 0).Select(day => new DailyStatistics(day.Key, day.Value.People))];
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

    /// <summary>The pending scans to add to rows.</summary>
    /// <param name="Scans">The scans.</param>
    /// <param name="MaxValueBytes">The maximum number of bytes for the values of a dimension.</param>
    private sealed record AddedScans(IEnumerable<Scan> Scans, int MaxValueBytes);
}
