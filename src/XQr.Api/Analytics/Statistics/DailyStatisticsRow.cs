using System.Globalization;
using Azure.Data.Tables;
using XQr.Api.Analytics.Visitors;
using XQr.Api.Storage;

namespace XQr.Api.Analytics.Statistics;

/// <summary>
/// Maps the statistics of a day to a row: Scans, Counts0, … (<see cref="CountsFormat"/>), Visitors and Visitors00 to Visitors23
/// (<see cref="VisitorSketch"/>). The names of properties of bots begin with Bot.
/// </summary>
internal static class DailyStatisticsRow
{
    /// <summary>
    /// The maximum number of properties of 64 KiB, which follows from the limits of a dimension's values (<see cref="ValueCounts"/>).
    /// </summary>
    private const int MaxChunks = 8;

    /// <summary>The maximum number of bytes for the values of a dimension of a link's day, about 1,500 referrers.</summary>
    public const int LinkValueBytes = 32 * 1024;

    /// <summary>
    /// The same for a workspace's day, about 4,500 referrers. It keeps a row below 1 MiB: visitors choose the values of three dimensions, and
    /// the row has the statistics of people and of bots.
    /// </summary>
    public const int WorkspaceValueBytes = 96 * 1024;

    /// <summary>The prefix of the properties of people.</summary>
    public const string People = "";
    /// <summary>The prefix of the properties of bots.</summary>
    public const string Bots = "Bot";

    /// <summary>Reads the statistics of people or of bots.</summary>
    public static ScanStatistics Read(TableEntity row, string prefix)
    {
        var statistics = new ScanStatistics { Scans = row.GetInt64($"{prefix}Scans") ?? 0, Visitors = VisitorsIn(row, $"{prefix}Visitors") };
        CountsFormat.Read(row.GetBytes($"{prefix}Counts"), statistics);
        for (var hour = 0; hour < ScanStatistics.Hours; hour++)
        {
            statistics.VisitorsOfHour[hour] = VisitorsIn(row, NameOfHour(prefix, hour));
        }

        return statistics;
    }

    /// <summary>Sets the properties that scans of one hour change.</summary>
    public static void SetHour(TableEntity row, string prefix, ScanStatistics statistics, int hour) => SetHours(row, prefix, statistics, [hour]);

    /// <summary>Sets the counts.</summary>
    public static void SetCounts(TableEntity row, string prefix, ScanStatistics statistics)
    {
        row[$"{prefix}Scans"] = statistics.Scans;
        row.SetBytes($"{prefix}Counts", CountsFormat.Write(statistics));
    }

    /// <summary>Sets all properties.</summary>
    public static void Set(TableEntity row, string prefix, ScanStatistics statistics) =>
        SetHours(row, prefix, statistics, Enumerable.Range(0, ScanStatistics.Hours));

    /// <summary>Returns the names of the properties of some parts, for people and, with <paramref name="includeBots"/>, also for bots.</summary>
    public static IEnumerable<string> Select(StatisticsParts parts, bool includeBots) =>
        (includeBots ? (string[])[People, Bots] : [People]).SelectMany(prefix => Select(parts, prefix)).Prepend("RowKey");

    private static IEnumerable<string> Select(StatisticsParts parts, string prefix)
    {
        yield return $"{prefix}Scans";
        for (var chunk = 0; chunk < MaxChunks && parts.HasFlag(StatisticsParts.Counts); chunk++)
        {
            yield return $"{prefix}Counts{chunk}";
        }

        if (parts.HasFlag(StatisticsParts.Visitors))
        {
            yield return $"{prefix}Visitors";
        }

        for (var hour = 0; hour < ScanStatistics.Hours && parts.HasFlag(StatisticsParts.VisitorsOfHour); hour++)
        {
            yield return NameOfHour(prefix, hour);
        }
    }

    private static void SetHours(TableEntity row, string prefix, ScanStatistics statistics, IEnumerable<int> hours)
    {
        SetCounts(row, prefix, statistics);
        SetVisitors(row, $"{prefix}Visitors", statistics.Visitors);
        foreach (var hour in hours)
        {
            SetVisitors(row, NameOfHour(prefix, hour), statistics.VisitorsOfHour[hour]);
        }
    }

    private static string NameOfHour(string prefix, int hour) => string.Create(CultureInfo.InvariantCulture, $"{prefix}Visitors{hour:00}");

    private static VisitorSketch VisitorsIn(TableEntity row, string name) => VisitorSketch.FromBytes(row.GetBinary(name) ?? []);

    private static void SetVisitors(TableEntity row, string name, VisitorSketch visitors)
    {
        if (!visitors.IsEmpty)
        {
            row[name] = visitors.ToBytes();
        }
    }
}
