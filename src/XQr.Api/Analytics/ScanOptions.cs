using System.Globalization;

namespace XQr.Api.Analytics;

/// <summary>How scans are kept (section <c>Xqr:Scans</c>).</summary>
public sealed class ScanOptions
{
    /// <summary>The section of the configuration that holds these options.</summary>
    public const string Section = "Xqr:Scans";

    /// <summary>How long a redirect waits at most for its scan to be stored; then the scan is kept in memory and tried again.</summary>
    /// <value>Milliseconds, or a time span as in <c>00:00:00.025</c>, up to 5 seconds. By default 25 ms; 0 for never.</value>
    public string CommitWait { get; set; } = "25";

    /// <summary>How many scans of a workspace are kept in memory at most while storage is down. More are lost, and the metric xqr.scans.lost counts them.</summary>
    /// <value>1,000 to 10,000,000; by default 500,000, which take about 250 MB.</value>
    public int MaxPending { get; set; } = 500_000;

    /// <summary>How long scans are kept one by one, for export. Statistics are kept for good.</summary>
    /// <value>Days, 1 to 3,650; by default 90.</value>
    public int RawRetentionDays { get; set; } = 90;

    internal TimeSpan CommitWaitTime { get; private set; }

    /// <summary>Reads <see cref="CommitWait"/>; false where it says nothing sensible.</summary>
    internal bool TryRead()
    {
        var read = double.TryParse(CommitWait, NumberStyles.Float, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds is >= 0 and <= 5000;
        CommitWaitTime = read ? TimeSpan.FromMilliseconds(milliseconds) : TimeSpan.Zero;
        if (!read && TimeSpan.TryParse(CommitWait, CultureInfo.InvariantCulture, out var span))
        {
            CommitWaitTime = span;
            read = span >= TimeSpan.Zero && span <= TimeSpan.FromSeconds(5);
        }

        return read && MaxPending is >= 1_000 and <= 10_000_000 && RawRetentionDays is >= 1 and <= 3_650;
    }
}
