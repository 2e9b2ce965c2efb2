using System.Diagnostics.Metrics;
using XQr.Api.Diagnostics;

namespace XQr.Api.Analytics.Scans;

/// <summary>Counts scans that are stored, lost or in the quarantine, and rows that cannot be read.</summary>
internal sealed class ScanMetrics
{
    private readonly Counter<long> stored;
    private readonly Counter<long> lost;
    private readonly Counter<long> quarantined;
    private readonly Counter<long> unreadable;

    public ScanMetrics(IMeterFactory meters, PendingBudget pending)
    {
        var meter = meters.Create(Telemetry.MeterName);
        stored = meter.CreateCounter<long>("xqr.scans.stored", "{scan}", "Scans that are in storage.");
        lost = meter.CreateCounter<long>(
            "xqr.scans.lost", "{scan}", "Scans that did not fit into memory during an outage of storage, or that could not be stored.");
        quarantined = meter.CreateCounter<long>("xqr.scans.quarantined", "{batch}", "Batches of scans that were moved to the quarantine.");
        meter.CreateObservableUpDownCounter("xqr.scans.pending", () => pending.Bytes, "By", "Memory of scans that wait for storage, as estimated.");
        unreadable = meter.CreateCounter<long>("xqr.rows.unreadable", "{row}", "Rows that queries skipped because they cannot be read.");
    }

    /// <summary>Counts scans that storage has.</summary>
    public void AddStored(int scans) => stored.Add(scans);

    /// <summary>Counts scans that are not in storage and will not be.</summary>
    public void AddLost(int scans) => lost.Add(scans);

    /// <summary>Counts a batch that the table refused.</summary>
    public void AddRefusedBatch() => quarantined.Add(1, new KeyValuePair<string, object?>("reason", "refused"));

    /// <summary>Counts a batch that cannot be read.</summary>
    public void AddUnreadableBatch() => quarantined.Add(1, new KeyValuePair<string, object?>("reason", "unreadable"));

    /// <summary>Counts a row that a query skipped.</summary>
    public void AddUnreadableRow() => unreadable.Add(1);
}
