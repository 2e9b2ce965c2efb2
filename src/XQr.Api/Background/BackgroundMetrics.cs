using System.Diagnostics.Metrics;
using XQr.Api.Diagnostics;

namespace XQr.Api.Background;

/// <summary>Counts failures of background work.</summary>
internal sealed class BackgroundMetrics(IMeterFactory meters)
{
    private readonly Counter<long> failures = meters.Create(Telemetry.MeterName)
        .CreateCounter<long>("xqr.background.failures", "{failure}", "Failures of background work, which is retried.");

    /// <summary>Counts a failure.</summary>
    /// <param name="work">The name of the work, in lower-case letters: the tag <c>work</c>.</param>
    public void AddFailure(string work) => failures.Add(1, new KeyValuePair<string, object?>("work", work));
}
