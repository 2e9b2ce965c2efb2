using System.Diagnostics.Metrics;

namespace XQr.Api;

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
        Meter.CreateCounter<long>("xqr.scans.lost", "{scan}", "Scans that memory had no room for while storage was down.");
}
