using Microsoft.Extensions.DependencyInjection;

namespace XQr.Testing;

/// <summary>The real clock, set forward: timers run as ever, ages grow at once.</summary>
public sealed class OffsetTime : TimeProvider
{
    private long offset;

    public void Advance(TimeSpan by) => Interlocked.Add(ref offset, by.Ticks);

    public void Register(IServiceCollection services) => services.AddSingleton<TimeProvider>(this);

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref offset));

    public override long GetTimestamp() =>
        base.GetTimestamp() + (long)(Interlocked.Read(ref offset) * (TimestampFrequency / (double)TimeSpan.TicksPerSecond));
}
