namespace XQr.Api.Primitives;

/// <summary>Runs a sweep at an interval while there is something to sweep. An empty collection has no timer, so nothing needs to stop it.</summary>
internal sealed class SweepTimer
{
    private readonly Action sweep;
    private readonly Func<bool> isEmpty;
    private readonly TimeSpan interval;
    private readonly ITimer timer;
    private int running;

    /// <summary>Initializes a new instance of the <see cref="SweepTimer"/> class.</summary>
    /// <param name="sweep">The sweep, which must not throw.</param>
    /// <param name="isEmpty">Returns whether nothing is left to sweep.</param>
    /// <param name="interval">The time between two sweeps.</param>
    /// <param name="time">The clock.</param>
    public SweepTimer(Action sweep, Func<bool> isEmpty, TimeSpan interval, TimeProvider time)
    {
        (this.sweep, this.isEmpty, this.interval) = (sweep, isEmpty, interval);
        timer = time.CreateTimer(
            static self => ((SweepTimer)self!).Run(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Starts the timer unless it is running. Call this method after each addition.</summary>
    public void Start()
    {
        if (Volatile.Read(ref running) == 0 && Interlocked.Exchange(ref running, 1) == 0)
        {
            timer.Change(interval, Timeout.InfiniteTimeSpan);
        }
    }

    private void Run()
    {
        sweep();

        // An addition that saw the timer run is seen here.
        Interlocked.Exchange(ref running, 0);
        if (!isEmpty())
        {
            Start();
        }
    }
}
