namespace XQr.Api.Analytics;

/// <summary>Scans that gather while others are being stored, and the redirects that wait for them.</summary>
internal sealed class ScanGroup : IDisposable
{
    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ITimer? timer;

    /// <param name="commitWait">How long redirects wait at most. One timer serves the whole group: who comes later waits less.</param>
    /// <param name="time">The clock.</param>
    public ScanGroup(TimeSpan commitWait, TimeProvider time)
    {
        if (commitWait > TimeSpan.Zero)
        {
            timer = time.CreateTimer(static group => ((ScanGroup)group!).released.TrySetResult(), this, commitWait, Timeout.InfiniteTimeSpan);
        }
        else
        {
            released.SetResult();
        }
    }

    public List<Visit> Visits { get; } = [];

    /// <summary>Ends once the scans are stored, or when they were waited for long enough.</summary>
    public Task Released => released.Task;

    public void Dispose()
    {
        timer?.Dispose();
        released.TrySetResult();
    }
}
