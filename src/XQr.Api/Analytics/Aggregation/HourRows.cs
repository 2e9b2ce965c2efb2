namespace XQr.Api.Analytics.Aggregation;

/// <summary>A range of times.</summary>
/// <param name="From">The start, included.</param>
/// <param name="To">The end, not included.</param>
internal readonly record struct TimeRange(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>Returns whether the range contains a time.</summary>
    public bool Contains(DateTimeOffset time) => time >= From && time < To;
}

/// <summary>The archived rows and the pending batches of some hours.</summary>
/// <param name="Range">The hours.</param>
/// <param name="Rows">The keys and scans of the rows, ordered by hour.</param>
internal sealed record HourRows(TimeRange Range, IReadOnlyList<(string RowKey, byte[] Data)> Rows);
