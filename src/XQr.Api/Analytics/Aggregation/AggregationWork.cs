using XQr.Api.Work;

namespace XQr.Api.Analytics.Aggregation;

/// <summary>Aggregates the scans of a workspace, so that queries have little left to add up. The subject is the workspace id.</summary>
internal sealed class AggregationWork(ScanAggregator aggregator) : IWorkHandler
{
    public string Work => WorkNames.Aggregate;

    public async Task<string?> RunAsync(string subject, WorkBudget budget, CancellationToken cancellationToken) =>
        await aggregator.CompleteAsync(subject, budget, cancellationToken) switch
        {
            AggregationOutcome.Done => null,
            AggregationOutcome.TimeUsedUp => subject,
            _ => throw new WorkFailedException($"Some scans of workspace {subject} could not be aggregated, or some links not erased."),
        };
}
