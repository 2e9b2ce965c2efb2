using XQr.Api.Background;
using XQr.Api.Work;

namespace XQr.Api.Analytics.Aggregation;

/// <summary>Takes requests of queries to aggregate a workspace in the background.</summary>
internal interface IAggregationRequests
{
    /// <summary>Requests the aggregation of a workspace. Does not throw.</summary>
    Task RequestAsync(string workspaceId, CancellationToken cancellationToken);
}

/// <summary>Requests aggregations through the queue. Two transactions, or one if the aggregation was requested before.</summary>
internal sealed class AggregationRequests(WorkQueue queue, BackgroundWork background) : IAggregationRequests
{
    public Task RequestAsync(string workspaceId, CancellationToken cancellationToken) => background.TryRunAsync(
        "request-aggregation", token => queue.RequestAsync(WorkNames.Aggregate, workspaceId, TimeSpan.Zero, token), cancellationToken);
}
