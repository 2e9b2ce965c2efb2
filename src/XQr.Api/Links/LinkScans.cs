namespace XQr.Api.Links;

/// <summary>The scans of a link by people that one tally counts, or the sum of tallies.</summary>
/// <param name="Count">The number of scans.</param>
/// <param name="LastAt">The time of the last scan; null if there is none.</param>
/// <param name="Recent">The scans of each of the last days.</param>
internal sealed record LinkScans(long Count, DateTimeOffset? LastAt, RecentScans Recent)
{
    /// <summary>Gets the value of a link without scans.</summary>
    public static LinkScans None { get; } = new(0, null, RecentScans.None);

    /// <summary>Counts scans by their times.</summary>
    public static LinkScans Of(IReadOnlyCollection<DateTimeOffset> times) => new(times.Count, times.Max(), RecentScans.Of(times));

    /// <summary>Returns the sum of two tallies.</summary>
    public LinkScans Add(LinkScans other) =>
        new(Count + other.Count, LastAt > other.LastAt || other.LastAt is null ? LastAt : other.LastAt, Recent.Add(other.Recent));
}
