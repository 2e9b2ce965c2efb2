using XQr.Api.Analytics.Scans;

namespace XQr.Api.Analytics.Statistics;

/// <summary>
/// Provides scans that are stored but not yet aggregated, for a query to add to the statistics that it reads. They stay in their stored form,
/// about 16 bytes a scan, and are read each time.
/// </summary>
/// <param name="batches">The stored batches (<see cref="ScanBatchFormat"/>).</param>
/// <param name="erased">The links whose scans are not counted.</param>
internal sealed class PendingScans(IReadOnlyList<byte[]> batches, IReadOnlySet<Guid> erased)
{
    /// <summary>Gets the links whose scans are not counted.</summary>
    public IReadOnlySet<Guid> Erased => erased;

    /// <summary>Gets an empty set of scans.</summary>
    public static PendingScans None { get; } = new([], new HashSet<Guid>());

    /// <summary>Reads the scans of days.</summary>
    /// <param name="from">The first UTC day.</param>
    /// <param name="to">The last UTC day, included.</param>
    /// <param name="includeBots">True to include the scans of bots.</param>
    public IEnumerable<Scan> Read(DateOnly from, DateOnly to, bool includeBots) =>
        batches.SelectMany(ScanBatchFormat.Read).Where(scan =>
            (includeBots || !scan.IsBot) && DayOf(scan) >= from && DayOf(scan) <= to && !erased.Contains(scan.LinkId));

    /// <summary>Returns the UTC day of a scan.</summary>
    public static DateOnly DayOf(Scan scan) => DateOnly.FromDateTime(scan.At.UtcDateTime);
}
