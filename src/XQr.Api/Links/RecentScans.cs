namespace XQr.Api.Links;

/// <summary>
/// The scans of a link on each of its last days (UTC). They are stored with the link's scan count, so a list of links has them without another
/// read. Stored form: a number for each day, from the day of the last scan backwards, with 7 bits in each byte, the lowest first. Counts that
/// were stored without days leave the days up to their last scan unknown.
/// </summary>
internal sealed class RecentScans
{
    /// <summary>The number of days that callers see.</summary>
    public const int Days = 30;

    /// <summary>The number of stored days. The additional day is for a scan at midnight that a faster clock has stored.</summary>
    private const int MaxDays = Days + 1;

    private readonly DateOnly last;
    private readonly long[] counts;

    /// <param name="last">The last day.</param>
    /// <param name="counts">The scans of the known days, from the last day backwards.</param>
    private RecentScans(DateOnly last, long[] counts) => (this.last, this.counts) = (last, counts);

    /// <summary>Gets the days of a link without scans.</summary>
    public static RecentScans None { get; } = new(DateOnly.MinValue, new long[MaxDays]);

    /// <summary>Counts scans by their times.</summary>
    public static RecentScans Of(IReadOnlyCollection<DateTimeOffset> times)
    {
        var last = DayOf(times.Max());
        var counts = new long[MaxDays];
        foreach (var age in times.Select(time => last.DayNumber - DayOf(time).DayNumber).Where(age => age < MaxDays))
        {
            counts[age]++;
        }

        return new(last, counts);
    }

    /// <summary>Reads the stored form.</summary>
    /// <param name="bytes">The bytes; null if the counts were stored without days.</param>
    /// <param name="lastScanAt">The time of the last scan.</param>
    public static RecentScans Read(byte[]? bytes, DateTimeOffset lastScanAt)
    {
        var counts = new List<long>(MaxDays);
        var (count, shift) = (0L, 0);
        foreach (var part in bytes ?? [])
        {
            count |= (part & 0x7FL) << shift;
            shift += 7;
            if (part < 0x80)
            {
                counts.Add(count);
                (count, shift) = (0, 0);
            }
        }

        return new(DayOf(lastScanAt), [.. counts.Take(MaxDays)]);
    }

    /// <summary>Returns the stored form.</summary>
    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream(MaxDays);
        using var writer = new BinaryWriter(bytes);
        foreach (var count in counts)
        {
            writer.Write7BitEncodedInt64(count);
        }

        return bytes.ToArray();
    }

    /// <summary>Returns the sum of two counts.</summary>
    public RecentScans Add(RecentScans other)
    {
        var latest = last > other.last ? last : other.last;
        return new(latest, [.. EndingOn(latest).Zip(other.EndingOn(latest), (one, two) => one + two)]);
    }

    /// <summary>Returns the scans of each of the last <see cref="Days"/> days, the earliest first; null if some are unknown.</summary>
    public IReadOnlyList<long>? Until(DateOnly today)
    {
        long[] known = [.. EndingOn(today).Take(Days)];
        Array.Reverse(known);
        return known.Length == Days ? known : null;
    }

    /// <summary>Returns the scans of the known days up to a day, from that day backwards. Days after the last scan have none.</summary>
    private IEnumerable<long> EndingOn(DateOnly day)
    {
        var later = day.DayNumber - last.DayNumber;
        return later < 0
            ? counts.Skip(-later)
            : Enumerable.Repeat(0L, Math.Min(later, MaxDays)).Concat(counts).Take(MaxDays);
    }

    private static DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);
}
