namespace XQr.Api.Analytics.Statistics;

/// <summary>What to read of statistics, beside how many scans there were. Each part has its price in bytes.</summary>
[Flags]
internal enum StatisticsParts
{
    /// <summary>The number of scans alone: some 100 bytes a day.</summary>
    None = 0,

    /// <summary>Scans by hour and by dimension: some kilobytes a day.</summary>
    Counts = 1,

    /// <summary>The visitors of the day: 3 KiB a day at most.</summary>
    Visitors = 2,

    /// <summary>The visitors of each hour: 72 KiB a day at most.</summary>
    VisitorsOfHour = 4,
}
