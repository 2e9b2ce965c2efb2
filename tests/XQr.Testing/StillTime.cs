namespace XQr.Testing;

/// <summary>
/// Provides a time that changes only when a test sets it. Timers run as those of <see cref="TestTimeProvider"/>, so that nothing waits forever.
/// </summary>
public sealed class StillTime(DateTimeOffset start) : TestTimeProvider
{
    private long now = start.UtcTicks;
    private long aged;

    /// <summary>Creates a clock at five seconds after the start of a minute, in the middle of a month.</summary>
    public StillTime()
        : this(new(2026, 3, 15, 12, 0, 5, TimeSpan.Zero))
    {
    }

    /// <summary>Creates a clock at the current time, for tests that also use the clock of the shared instance.</summary>
    public static StillTime AtPresent() => new(System.GetUtcNow());

    /// <summary>Moves the clock. An advance adds to elapsed times.</summary>
    public void Advance(TimeSpan by)
    {
        Interlocked.Add(ref now, by.Ticks);
        Interlocked.Add(ref aged, Math.Max(0, by.Ticks));
    }

    /// <summary>Sets the clock without a change of elapsed times.</summary>
    public void Set(DateTimeOffset to) => Interlocked.Exchange(ref now, to.UtcTicks);

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref now), TimeSpan.Zero);

    public override long GetTimestamp() => (long)(Interlocked.Read(ref aged) * (TimestampFrequency / (double)TimeSpan.TicksPerSecond));
}
