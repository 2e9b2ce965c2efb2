using System.Globalization;
using Azure;
using Azure.Data.Tables;
using XQr.Api.Analytics.Statistics;

namespace XQr.Api.Analytics.Aggregation;

/// <summary>Statistics of a day as they stand in a row, or are to.</summary>
/// <param name="maxValueBytes">How many bytes the values of a dimension may take.</param>
/// <param name="row">The row; null where there is none.</param>
internal sealed class StatisticsEntry(TableEntity? row, int maxValueBytes)
{
    /// <summary>Some 1,500 referrers.</summary>
    public const int OfLink = 32 * 1024;

    /// <summary>Some 4,500 referrers. So that a row never has more than 1 MiB: three dimensions that visitors choose, of people and of bots, and visitors.</summary>
    public const int OfWorkspace = 96 * 1024;

    public ScanStatistics People { get; } = row is null ? new() : DailyStatisticsRow.Read(row, DailyStatisticsRow.People);

    public ScanStatistics Bots { get; } = row is null ? new() : DailyStatisticsRow.Read(row, DailyStatisticsRow.Bots);

    /// <summary>Null while there is no row.</summary>
    public ETag? Version { get; private set; } = row?.ETag;

    public void Add(Scan scan) => (scan.IsBot ? Bots : People).Add(scan, maxValueBytes);

    /// <summary>Writes what scans of an hour may have changed.</summary>
    public void Write(TableEntity changed, int hour, ChangedRows changes)
    {
        foreach (var (who, statistics) in ((string, ScanStatistics)[])[(DailyStatisticsRow.People, People), (DailyStatisticsRow.Bots, Bots)])
        {
            if (statistics.Scans > 0)
            {
                DailyStatisticsRow.SetHour(changed, who, statistics, hour);
            }
        }

        changes.Write(changed, Version, version => Version = version);
    }

    /// <summary>Writes what an erasure may have changed.</summary>
    public void WriteCounts(TableEntity changed, ChangedRows changes)
    {
        DailyStatisticsRow.SetCounts(changed, DailyStatisticsRow.People, People);
        DailyStatisticsRow.SetCounts(changed, DailyStatisticsRow.Bots, Bots);
        changes.Write(changed, Version, version => Version = version);
    }
}

/// <summary>The rows of a workspace's day that folds and erasures change (<see cref="StatisticsStore"/>).</summary>
internal sealed class DayRows(DateOnly day, TableEntity? row, IEnumerable<TableEntity> linkCounts)
{
    public DateOnly Day => day;

    public StatisticsEntry Workspace { get; } = new(row, StatisticsEntry.OfWorkspace);

    /// <summary>The statistics of links that are known so far.</summary>
    public Dictionary<Guid, StatisticsEntry> Links { get; } = [];

    /// <summary>How many rows of the archive each hour has had.</summary>
    public int[] Archived { get; } = [.. Enumerable.Range(0, ScanStatistics.Hours).Select(hour => row?.GetInt32(ArchivedName(hour)) ?? 0)];

    /// <summary>Gets the scans of the day's links.</summary>
    public LinkCountRows LinkCounts { get; } = new(day, linkCounts);

    /// <summary>The workspace's row, with other visitors.</summary>
    public TableEntity ToRow(string workspaceId, ScanStatistics visitorsOfPeople, ScanStatistics visitorsOfBots)
    {
        var changed = new TableEntity(workspaceId, StatisticsKeys.Day(day));
        DailyStatisticsRow.Set(changed, DailyStatisticsRow.People, Workspace.People.WithVisitorsOf(visitorsOfPeople));
        DailyStatisticsRow.Set(changed, DailyStatisticsRow.Bots, Workspace.Bots.WithVisitorsOf(visitorsOfBots));
        foreach (var (hour, rows) in Archived.Index())
        {
            if (rows > 0)
            {
                changed[ArchivedName(hour)] = rows;
            }
        }

        return changed;
    }

    public static string ArchivedName(int hour) => string.Create(CultureInfo.InvariantCulture, $"Archived{hour:00}");
}
