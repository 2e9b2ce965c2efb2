namespace XQr.Testing;

/// <summary>The real clock, set forward: ages grow at once. Or set back, which no age does. Timers are those of <see cref="PatientTime"/>.</summary>
public sealed class OffsetTime : PatientTime
{
    private long offset;
    private long aged;

    /// <summary>Returns a clock that begins at noon in the middle of a month, for tests that must not meet the end of a day or a month.</summary>
    public static OffsetTime InMidMonth()
    {
        var time = new OffsetTime();
        var now = time.GetUtcNow();
        var noon = new DateTimeOffset(now.Year, now.Month, 15, 12, 0, 0, TimeSpan.Zero);
        time.Advance((noon < now ? noon.AddMonths(1) : noon) - now);
        return time;
    }

    public void Advance(TimeSpan by)
    {
        Interlocked.Add(ref offset, by.Ticks);
        Interlocked.Add(ref aged, Math.Max(0, by.Ticks));
    }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref offset));

    public override long GetTimestamp() =>
        base.GetTimestamp() + (long)(Interlocked.Read(ref aged) * (TimestampFrequency / (double)TimeSpan.TicksPerSecond));
}
