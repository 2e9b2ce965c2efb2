using XQr.Api.Analytics.Visitors;

namespace XQr.Api.Analytics.Statistics;

/// <summary>
/// What is known of some scans of one UTC day without looking at each: how many in each hour, how many of each value of a dimension, and
/// about how many visitors. Statistics that were read in part hold what was asked for (<see cref="StatisticsParts"/>).
/// </summary>
internal sealed class ScanStatistics
{
    public const int Hours = 24;
    public const int Dimensions = 5;

    /// <summary>The sum of the hours, also where these were not read.</summary>
    public long Scans { get; set; }

    /// <summary>Scans of each hour. Needs <see cref="StatisticsParts.Counts"/>.</summary>
    public long[] ScansOfHour { get; } = new long[Hours];

    /// <summary>Visitors of the day. Needs <see cref="StatisticsParts.Visitors"/>.</summary>
    public VisitorSketch Visitors { get; set; } = new();

    /// <summary>Visitors of each hour. Needs <see cref="StatisticsParts.VisitorsOfHour"/>.</summary>
    public VisitorSketch[] VisitorsOfHour { get; } = [.. Enumerable.Range(0, Hours).Select(_ => new VisitorSketch())];

    private readonly ValueCounts[] values = [.. Enumerable.Range(0, Dimensions).Select(_ => new ValueCounts())];

    /// <summary>Scans of each value. Needs <see cref="StatisticsParts.Counts"/>.</summary>
    public ValueCounts By(Dimension dimension) => values[(int)dimension];

    /// <param name="scan">The scan.</param>
    /// <param name="maxBytes">How many bytes the values of a dimension may take.</param>
    public void Add(Scan scan, int maxBytes = int.MaxValue)
    {
        var hour = scan.At.UtcDateTime.Hour;
        Scans++;
        ScansOfHour[hour]++;
        Visitors.Add(scan.Visitor);
        VisitorsOfHour[hour].Add(scan.Visitor);
        foreach (var (dimension, value) in ((ReadOnlySpan<string>)[scan.Country, scan.Device, scan.Browser, scan.Os, scan.Referrer]).ToArray().Index())
        {
            values[dimension].Add(value, 1, maxBytes);
        }
    }

    public void Add(ScanStatistics other)
    {
        Scans += other.Scans;
        AddVisitors(other);
        for (var hour = 0; hour < Hours; hour++)
        {
            ScansOfHour[hour] += other.ScansOfHour[hour];
        }

        for (var dimension = 0; dimension < Dimensions; dimension++)
        {
            foreach (var (value, count) in other.values[dimension].All)
            {
                values[dimension].Add(value, count);
            }
        }
    }

    /// <summary>Makes the visitors those of other statistics.</summary>
    public ScanStatistics WithVisitorsOf(ScanStatistics other)
    {
        Visitors = other.Visitors;
        other.VisitorsOfHour.CopyTo(VisitorsOfHour, 0);
        return this;
    }

    public void AddVisitors(ScanStatistics other)
    {
        Visitors.Add(other.Visitors);
        for (var hour = 0; hour < Hours; hour++)
        {
            VisitorsOfHour[hour].Add(other.VisitorsOfHour[hour]);
        }
    }

    /// <summary>Takes away the counts of a part. Visitors can't be taken away, since others may be the same.</summary>
    public void RemoveCounts(ScanStatistics part)
    {
        Scans -= part.Scans;
        for (var hour = 0; hour < Hours; hour++)
        {
            ScansOfHour[hour] -= part.ScansOfHour[hour];
        }

        for (var dimension = 0; dimension < Dimensions; dimension++)
        {
            foreach (var (value, count) in part.values[dimension].All)
            {
                values[dimension].Remove(value, count);
            }
        }
    }
}
