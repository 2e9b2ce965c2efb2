using XQr.Api.Analytics.Visitors;

namespace XQr.Api.Analytics.Recording;

/// <summary>Collects scans while others are being stored, and releases the redirects that wait for them.</summary>
internal sealed class ScanGroup : IDisposable
{
    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ITimer? timer;

    /// <summary>Initializes a new instance of the <see cref="ScanGroup"/> class.</summary>
    /// <param name="commitWait">The maximum time that redirects wait. One timer serves the whole group, so later redirects wait less.</param>
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

    /// <summary>Gets the visits.</summary>
    public List<Visit> Visits { get; } = [];

    /// <summary>Gets or sets the memory that the visits take.</summary>
    public long Bytes { get; set; }

    /// <summary>Gets a task that completes when the scans are stored, or when the maximum time is over.</summary>
    public Task Released => released.Task;

    public void Dispose()
    {
        timer?.Dispose();
        released.TrySetResult();
    }
}
