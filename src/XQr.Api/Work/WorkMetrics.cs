using System.Diagnostics.Metrics;
using XQr.Api.Diagnostics;

namespace XQr.Api.Work;

/// <summary>Counts messages of background work.</summary>
internal sealed class WorkMetrics(IMeterFactory meters)
{
    private readonly Counter<long> poison = meters.Create(Telemetry.MeterName)
        .CreateCounter<long>("xqr.work.poisoned", "{message}", "Messages of background work that failed too often and need an operator.");

    private readonly Counter<long> lost = meters.Create(Telemetry.MeterName)
        .CreateCounter<long>("xqr.work.resent", "{message}", "Messages of background work that were overdue and were sent again.");

    /// <summary>Counts a message that moves to the poison queue.</summary>
    public void AddPoison(string work) => poison.Add(1, new KeyValuePair<string, object?>("work", work));

    /// <summary>Counts a message that was overdue.</summary>
    public void AddResent(string work) => lost.Add(1, new KeyValuePair<string, object?>("work", work));
}
