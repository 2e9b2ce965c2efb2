using Microsoft.Extensions.DependencyInjection;

namespace XQr.Testing;

/// <summary>
/// Provides the system time, and extends timeouts by a minute. So timeouts end operations that hang, but not operations that are slow on a
/// busy machine. Pauses of up to 250 milliseconds and periodic timers are not extended.
/// </summary>
public class TestTimeProvider : TimeProvider
{
    private static readonly TimeSpan MaxPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    public void Register(IServiceCollection services) => services.AddSingleton<TimeProvider>(this);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new ExtendedTimer(base.CreateTimer(callback, state, Extend(dueTime, period), period));

    private static TimeSpan Extend(TimeSpan dueTime, TimeSpan period) =>
        period == Timeout.InfiniteTimeSpan && dueTime > MaxPause ? dueTime + Grace : dueTime;

    private sealed class ExtendedTimer(ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(Extend(dueTime, period), period);

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
