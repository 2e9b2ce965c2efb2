using System.Globalization;

namespace XQr.Api.Analytics.Scans;

/// <summary>Options for the storage of scans (section <c>Xqr:Scans</c>).</summary>
public sealed class ScanOptions
{
    /// <summary>The section of the configuration that holds these options.</summary>
    public const string Section = "Xqr:Scans";

    /// <summary>
    /// Gets or sets the maximum time that a redirect waits for its scan to be stored. After that, the scan stays in memory and is retried.
    /// </summary>
    /// <value>Milliseconds, or a time span such as <c>00:00:00.025</c>, up to 5 seconds. The default is 25 ms; 0 disables waiting.</value>
    public string CommitWait { get; set; } = "25";

    /// <summary>
    /// Gets or sets the maximum number of scans of a workspace in memory during an outage of storage. Further scans are lost, and the metric
    /// xqr.scans.lost counts them.
    /// </summary>
    /// <value>1,000 to 10,000,000. The default is 500,000, which takes about 250 MB.</value>
    public int MaxPending { get; set; } = 500_000;

    /// <summary>Gets or sets the retention of single scans for export. Statistics are kept indefinitely.</summary>
    /// <value>Days, 1 to 3,650. The default is 90.</value>
    public int RawRetentionDays { get; set; } = 90;

    /// <summary>Gets the parsed value of <see cref="CommitWait"/>.</summary>
    internal TimeSpan CommitWaitTime { get; private set; }

    /// <summary>Parses <see cref="CommitWait"/>, and returns whether all options are valid.</summary>
    internal bool TryRead()
    {
        var read = double.TryParse(CommitWait, NumberStyles.Float, CultureInfo.InvariantCulture, out var milliseconds)
            && milliseconds is >= 0 and <= 5000;
        CommitWaitTime = read ? TimeSpan.FromMilliseconds(milliseconds) : TimeSpan.Zero;
        if (!read && TimeSpan.TryParse(CommitWait, CultureInfo.InvariantCulture, out var span))
        {
            CommitWaitTime = span;
            read = span >= TimeSpan.Zero && span <= TimeSpan.FromSeconds(5);
        }

        return read && MaxPending is >= 1_000 and <= 10_000_000 && RawRetentionDays is >= 1 and <= 3_650;
    }
}
