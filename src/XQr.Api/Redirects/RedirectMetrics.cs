using System.Diagnostics.Metrics;
using XQr.Api.Diagnostics;

namespace XQr.Api.Redirects;

/// <summary>Counts redirects.</summary>
internal sealed class RedirectMetrics(IMeterFactory meters)
{
    private readonly Counter<long> redirects = meters.Create(Telemetry.MeterName)
        .CreateCounter<long>("xqr.redirects", "{redirect}", "Visits of short links that were redirected.");

    /// <summary>Counts a redirect to a destination.</summary>
    public void AddRedirect() => redirects.Add(1);
}
