using XQr.Api.Analytics.Statistics;

namespace XQr.Api.Analytics.Aggregation;

/// <summary>The pending work of a workspace at one moment, as far as a query reads it.</summary>
/// <param name="Batches">The batches to add to the statistics, ordered by hour.</param>
/// <param name="Erased">The deleted links among those of the batches, and those whose statistics are not erased yet.</param>
/// <param name="Through">The time up to which scans are included.</param>
internal sealed record PendingSnapshot(IReadOnlyList<PendingBatch> Batches, IReadOnlySet<Guid> Erased, DataThrough Through)
{
    /// <summary>Gets the scans.</summary>
    public PendingScans Scans { get; } = new([.. Batches.Select(batch => batch.Data)], Erased);

    /// <summary>Gets whether background work is needed: a query has found more than it reads, or links to erase.</summary>
    public bool NeedsAggregation { get; init; }

    /// <summary>Returns the snapshot without the batches from an hour on.</summary>
    public PendingSnapshot Before(DateTimeOffset hour) =>
        new([.. Batches.TakeWhile(batch => batch.Hour < hour)], Erased, new(hour, IsComplete: false));
}
