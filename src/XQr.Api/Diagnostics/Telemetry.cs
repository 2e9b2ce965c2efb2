using System.Diagnostics.Metrics;

namespace XQr.Api.Diagnostics;

/// <summary>The service's own metrics, beside those of ASP.NET Core and of the runtime.</summary>
internal static class Telemetry
{
    public const string Name = "XQr";

    private static readonly Meter Meter = new(Name);

    public static readonly Counter<long> Redirects =
        Meter.CreateCounter<long>("xqr.redirects", "{redirect}", "Visits of short links that were led on.");

    public static readonly Counter<long> ScansStored =
        Meter.CreateCounter<long>("xqr.scans.stored", "{scan}", "Scans that storage has.");

    public static readonly Counter<long> ScansLost =
        Meter.CreateCounter<long>("xqr.scans.lost", "{scan}", "Scans that memory had no room for while storage was down, or that nothing could store.");

    /// <summary>The tag <c>reason</c> is <c>refused</c> (by the table) or <c>unreadable</c>.</summary>
    public static readonly Counter<long> Quarantined =
        Meter.CreateCounter<long>("xqr.scans.quarantined", "{batch}", "Batches of scans that were moved to the quarantine.");

    public static readonly Counter<long> UnreadableRows =
        Meter.CreateCounter<long>("xqr.rows.unreadable", "{row}", "Rows that queries left out because they cannot be read.");

    /// <summary>The tag <c>work</c> names the work.</summary>
    public static readonly Counter<long> BackgroundFailures =
        Meter.CreateCounter<long>("xqr.background.failures", "{failure}", "Background work that failed and is tried again.");

    public static readonly Counter<long> AssetWorkFailed =
        Meter.CreateCounter<long>("xqr.assets.work_failed", "{work}", "Works on the blobs of assets that were given up, and wait for a person.");
}
