namespace XQr.Api.Analytics.Statistics;

/// <summary>The parts of statistics to read in addition to the number of scans. Each part costs bytes.</summary>
[Flags]
internal enum StatisticsParts
{
    /// <summary>Only the number of scans: about 100 bytes a day.</summary>
    None = 0,

    /// <summary>The scans by hour and by dimension: some kilobytes a day.</summary>
    Counts = 1,

    /// <summary>The visitors of the day: at most 3 KiB a day.</summary>
    Visitors = 2,

    /// <summary>The visitors of each hour: at most 72 KiB a day.</summary>
    VisitorsOfHour = 4,
}
