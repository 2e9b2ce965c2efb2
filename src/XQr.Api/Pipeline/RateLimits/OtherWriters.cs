namespace XQr.Api.Pipeline.RateLimits;

/// <summary>Detects other instances that write the same counter.</summary>
/// <param name="idleTime">The time after which unspent tokens are returned. A write is recent for thirty times as long.</param>
/// <param name="time">The clock.</param>
internal sealed class OtherWriters(TimeSpan idleTime, TimeProvider time)
{
    private const int IdleTimes = 30;

    private string? ownVersion;
    private long lastWrite;

    /// <summary>Gets a value that indicates whether another instance has written the counter recently.</summary>
    public bool AreActive => time.GetUtcNow().UtcTicks - lastWrite < IdleTimes * idleTime.Ticks;

    /// <summary>Records a write of this instance.</summary>
    public void AddOwnWrite(RateCount written) => ownVersion = written.Version;

    /// <summary>Records a counter that was read.</summary>
    public void AddRead(RateCount read)
    {
        if (read.Version != ownVersion)
        {
            lastWrite = Math.Max(lastWrite, read.At.UtcTicks);
        }
    }
}
