namespace XQr.Testing;

/// <summary>Provides the system time with an offset. An advance adds to elapsed times; a step back does not.</summary>
public sealed class OffsetTime : TestTimeProvider
{
    private long offset;
    private long aged;

    /// <summary>Creates a clock that starts at noon in the middle of a month, for tests that must not cross the end of a day or a month.</summary>
    public static OffsetTime InMidMonth()
    {
        var time = new OffsetTime();
        var now = time.GetUtcNow();
        var noon = new DateTimeOffset(now.Year, now.Month, 15, 12, 0, 0, TimeSpan.Zero);
        time.Advance((noon < now ? noon.AddMonths(1) : noon) - now);
        return time;
    }

    /// <summary>Moves the clock.</summary>
    public void Advance(TimeSpan by)
    {
        Interlocked.Add(ref offset, by.Ticks);
        Interlocked.Add(ref aged, Math.Max(0, by.Ticks));
    }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref offset));

    public override long GetTimestamp() =>
        base.GetTimestamp() + (long)(Interlocked.Read(ref aged) * (TimestampFrequency / (double)TimeSpan.TicksPerSecond));
}
