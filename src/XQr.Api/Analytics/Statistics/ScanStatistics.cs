using XQr.Api.Analytics.Scans;
using XQr.Api.Analytics.Visitors;

namespace XQr.Api.Analytics.Statistics;

/// <summary>
/// Holds the statistics of scans of one UTC day: scans by hour and by the values of each dimension, and an estimate of the visitors.
/// Statistics that were read in part contain only the requested parts (<see cref="StatisticsParts"/>).
/// </summary>
internal sealed class ScanStatistics
{
    public const int Hours = 24;
    public const int Dimensions = 5;

    /// <summary>Gets or sets the number of scans of the day, which is read with every part.</summary>
    public long Scans { get; set; }

    /// <summary>Gets the scans of each hour. Requires <see cref="StatisticsParts.Counts"/>.</summary>
    public long[] ScansOfHour { get; } = new long[Hours];

    /// <summary>Gets or sets the visitors of the day. Requires <see cref="StatisticsParts.Visitors"/>.</summary>
    public VisitorSketch Visitors { get; set; } = new();

    /// <summary>Gets the visitors of each hour. Requires <see cref="StatisticsParts.VisitorsOfHour"/>.</summary>
    public VisitorSketch[] VisitorsOfHour { get; } = [.. Enumerable.Range(0, Hours).Select(_ => new VisitorSketch())];

    private readonly ValueCounts[] values = [.. Enumerable.Range(0, Dimensions).Select(_ => new ValueCounts())];

    /// <summary>Returns the scans of each value of a dimension. Requires <see cref="StatisticsParts.Counts"/>.</summary>
    public ValueCounts By(Dimension dimension) => values[(int)dimension];

    /// <summary>Adds a scan.</summary>
    /// <param name="scan">The scan.</param>
    /// <param name="maxBytes">The maximum number of bytes for the values of a dimension.</param>
    public void Add(Scan scan, int maxBytes = int.MaxValue)
    {
        var hour = scan.At.UtcDateTime.Hour;
        Scans++;
        ScansOfHour[hour]++;
        Visitors.Add(scan.Visitor);
        VisitorsOfHour[hour].Add(scan.Visitor);
        foreach (var (dimension, value) in ((string[])[scan.Country, scan.Device, scan.Browser, scan.Os, scan.Referrer]).Index())
        {
            values[dimension].Add(value, 1, maxBytes);
        }
    }

    /// <summary>Adds other statistics.</summary>
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

    /// <summary>Replaces the visitors by those of other statistics.</summary>
    public ScanStatistics WithVisitorsOf(ScanStatistics other)
    {
        Visitors = other.Visitors;
        other.VisitorsOfHour.CopyTo(VisitorsOfHour, 0);
        return this;
    }

    /// <summary>Adds the visitors of other statistics.</summary>
    public void AddVisitors(ScanStatistics other)
    {
        Visitors.Add(other.Visitors);
        for (var hour = 0; hour < Hours; hour++)
        {
            VisitorsOfHour[hour].Add(other.VisitorsOfHour[hour]);
        }
    }

    /// <summary>Subtracts the counts of other statistics. Visitors cannot be subtracted, because sets of visitors overlap.</summary>
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
