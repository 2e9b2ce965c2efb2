using System.Diagnostics.Metrics;
using XQr.Api.Diagnostics;

namespace XQr.Api.Assets;

/// <summary>Counts failures of the later work on blobs.</summary>
internal sealed class AssetMetrics(IMeterFactory meters)
{
    private readonly Counter<long> failedWork = meters.Create(Telemetry.MeterName)
        .CreateCounter<long>("xqr.assets.work_failed", "{work}", "Work on the blobs of assets that has failed for good and needs an operator.");

    /// <summary>Counts work that is not tried again.</summary>
    public void AddFailedWork() => failedWork.Add(1);
}
