using XQr.Api.Analytics.Scans;
using XQr.Api.Maintenance;

namespace XQr.Api.Analytics.Aggregation;

/// <summary>Aggregates recent scans, so that queries have little left to aggregate.</summary>
internal sealed class AggregationTask(ScanActivityStore activity, ScanAggregator aggregator) : IMaintenanceTask
{
    public string Name => "aggregate";

    public TimeSpan Every => TimeSpan.FromMinutes(1);

    public Task RunAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        activity.ForEachRecentAsync(aggregator.CompleteAsync, cancellationToken);
}
