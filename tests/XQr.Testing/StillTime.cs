using Microsoft.Extensions.DependencyInjection;

namespace XQr.Testing;

/// <summary>A clock that stands still unless it is moved. Timers run as ever, so that nothing that waits for one is held up.</summary>
public sealed class StillTime(DateTimeOffset start) : TimeProvider
{
    private long now = start.UtcTicks;
    private long aged;

    /// <summary>Five seconds after the beginning of a minute, in the middle of a month.</summary>
    public StillTime()
        : this(new(2026, 3, 15, 12, 0, 5, TimeSpan.Zero))
    {
    }

    /// <summary>The clock and all ages go on.</summary>
    public void Advance(TimeSpan by)
    {
        Interlocked.Add(ref now, by.Ticks);
        Interlocked.Add(ref aged, by.Ticks);
    }

    /// <summary>The clock is set; ages stay.</summary>
    public void Set(DateTimeOffset to) => Interlocked.Exchange(ref now, to.UtcTicks);

    public void Register(IServiceCollection services) => services.AddSingleton<TimeProvider>(this);

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref now), TimeSpan.Zero);

    public override long GetTimestamp() => (long)(Interlocked.Read(ref aged) * (TimestampFrequency / (double)TimeSpan.TicksPerSecond));
}
