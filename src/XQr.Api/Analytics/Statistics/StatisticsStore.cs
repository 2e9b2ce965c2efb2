using XQr.Api.Analytics.Quarantine;
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

    /// <summary>Returns the statistics of a workspace or a link by day, ordered by day, without days that have no scans.</summary>
    /// <param name="workspaceId">The workspace.</param>
    /// <param name="linkId">The link; null for the whole workspace.</param>
    /// <param name="from">The first UTC day; null to begin with the first day that has scans.</param>
    /// <param name="to">The last UTC day, included.</param>
    /// <param name="parts">The parts to read.</param>
    /// <param name="includeBots">True to include the scans of bots.</param>
    /// <param name="pending">The pending scans to add.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public async Task<IReadOnlyList<DailyStatistics>> ReadDaysAsync(
        string workspaceId,
        Guid? linkId,
        DateOnly? from,
        DateOnly to,
        StatisticsParts parts,
        bool includeBots,
        PendingScans pending,
        CancellationToken cancellationToken)
    {
        var first = from ?? DateOnly.MinValue;
        var days = new SortedDictionary<DateOnly, (ScanStatistics People, ScanStatistics Bots)>();
        var rows = tables.Workspaces.QueryRange(
            workspaceId,
            KeyOf(first),
            KeyOf(to),
            DailyStatisticsRow.Select(parts, includeBots),
            parts.HasFlag(StatisticsParts.VisitorsOfHour) ? LargeRowPageSize : null,
            cancellationToken);
        await foreach (var row in rows)
        {
            unreadable.TryRead(workspaceId, row.RowKey, () => days.Add(
                StatisticsKeys.DayOf(row.RowKey),
                (DailyStatisticsRow.Read(row, DailyStatisticsRow.People),
                    includeBots ? DailyStatisticsRow.Read(row, DailyStatisticsRow.Bots) : new())));
        }

        var maxValueBytes = linkId is null ? DailyStatisticsRow.WorkspaceValueBytes : DailyStatisticsRow.LinkValueBytes;
        foreach (var scan in pending.Read(first, to, includeBots).Where(scan => linkId is null || scan.LinkId == linkId))
        {
            var day = PendingScans.DayOf(scan);
            if (!days.TryGetValue(day, out var statistics))
            {
                days.Add(day, statistics = (new(), new()));
            }

            (scan.IsBot ? statistics.Bots : statistics.People).Add(scan, maxValueBytes);
        }

        foreach (var (people, bots) in days.Values)
        {
            people.Add(bots);
        }

        return [.. days.Where(day => day.Value.People.Scans > 0).Select(day => new DailyStatistics(day.Key, day.Value.People))];

        string KeyOf(DateOnly day) => linkId is { } link ? StatisticsKeys.LinkDay(link, day) : StatisticsKeys.Day(day);
    }
}
