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
    /// Gets or sets the memory for scans that wait during an outage of storage, of all workspaces. Further scans are lost, and the metric
    /// xqr.scans.lost counts them.
    /// </summary>
    /// <value>MiB, 1 to 16,384. The default is 0: an eighth of the memory that the process may use, at most 512 MiB.</value>
    public int MaxPendingMegabytes { get; set; }

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

        return read && MaxPendingMegabytes is >= 0 and <= 16_384 && RawRetentionDays is >= 1 and <= 3_650;
    }
}
