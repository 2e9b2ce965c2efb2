using Microsoft.Extensions.DependencyInjection;

namespace XQr.Testing;

/// <summary>
/// The real clock, on which timeouts end a minute late: they end what hangs, and not what is slow because the machine is busy. Pauses of up
/// to 250 milliseconds and timers that repeat take the usual time.
/// </summary>
public class PatientTime : TimeProvider
{
    private static readonly TimeSpan MaxPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    public void Register(IServiceCollection services) => services.AddSingleton<TimeProvider>(this);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new PatientTimer(base.CreateTimer(callback, state, Extend(dueTime, period), period));

    private static TimeSpan Extend(TimeSpan dueTime, TimeSpan period) =>
        period == Timeout.InfiniteTimeSpan && dueTime > MaxPause ? dueTime + Grace : dueTime;

    private sealed class PatientTimer(ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(Extend(dueTime, period), period);

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
