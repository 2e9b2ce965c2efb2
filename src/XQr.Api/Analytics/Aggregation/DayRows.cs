using System.Globalization;
using Azure;
using Azure.Data.Tables;
using XQr.Api.Analytics.Scans;
using XQr.Api.Analytics.Statistics;

namespace XQr.Api.Analytics.Aggregation;

/// <summary>Tracks the statistics of a day and the version of their row.</summary>
/// <param name="row">The row; null if it does not exist yet.</param>
/// <param name="maxValueBytes">The maximum number of bytes for the values of a dimension.</param>
internal sealed class StatisticsEntry(TableEntity? row, int maxValueBytes)
{
    /// <summary>Gets the statistics of people.</summary>
    public ScanStatistics People { get; } = row is null ? new() : DailyStatisticsRow.Read(row, DailyStatisticsRow.People);

    /// <summary>Gets the statistics of bots.</summary>
    public ScanStatistics Bots { get; } = row is null ? new() : DailyStatisticsRow.Read(row, DailyStatisticsRow.Bots);

    /// <summary>Gets the version of the row; null if it does not exist yet.</summary>
    public ETag? Version { get; private set; } = row?.ETag;

    /// <summary>Adds a scan.</summary>
    public void Add(Scan scan) => (scan.IsBot ? Bots : People).Add(scan, maxValueBytes);

    /// <summary>Writes the properties that scans of an hour change.</summary>
    public void Write(TableEntity changed, int hour, ChangedRows changes)
    {
        foreach (var (prefix, statistics) in ((string, ScanStatistics)[])[(DailyStatisticsRow.People, People), (DailyStatisticsRow.Bots, Bots)])
        {
            if (statistics.Scans > 0)
            {
                DailyStatisticsRow.SetHour(changed, prefix, statistics, hour);
            }
        }

        changes.Write(changed, Version, version => Version = version);
    }

    /// <summary>Writes the properties that an erasure changes.</summary>
    public void WriteCounts(TableEntity changed, ChangedRows changes)
    {
        DailyStatisticsRow.SetCounts(changed, DailyStatisticsRow.People, People);
        DailyStatisticsRow.SetCounts(changed, DailyStatisticsRow.Bots, Bots);
        changes.Write(changed, Version, version => Version = version);
    }
}

/// <summary>Tracks the rows of a workspace's day that aggregations and erasures change (<see cref="StatisticsStore"/>).</summary>
internal sealed class DayRows(DateOnly day, TableEntity? row, IEnumerable<TableEntity> linkCounts)
{
    /// <summary>Gets the UTC day.</summary>
    public DateOnly Day => day;

    /// <summary>Gets the statistics of the workspace.</summary>
    public StatisticsEntry Workspace { get; } = new(row, DailyStatisticsRow.WorkspaceValueBytes);

    /// <summary>Gets the statistics of the links that have been loaded.</summary>
    public Dictionary<Guid, StatisticsEntry> Links { get; } = [];

    /// <summary>Gets the number of archive rows that each hour has had.</summary>
    public int[] Archived { get; } = [.. Enumerable.Range(0, ScanStatistics.Hours).Select(hour => row?.GetInt32(ArchivedName(hour)) ?? 0)];

    /// <summary>Gets the scan counts of the day's links.</summary>
    public LinkCountRows LinkCounts { get; } = new(day, linkCounts);

    /// <summary>Creates the workspace's row with the given visitors.</summary>
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

    /// <summary>Returns the name of the property that counts an hour's archive rows.</summary>
    public static string ArchivedName(int hour) => string.Create(CultureInfo.InvariantCulture, $"Archived{hour:00}");
}
