using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using XQr.Api.Maintenance;

namespace XQr.Api.Analytics.Aggregation;

/// <summary>Takes requests to aggregate a workspace in the background.</summary>
internal interface IAggregationRequests
{
    /// <summary>Requests the aggregation of a workspace. Does not wait, and has no effect while the same request waits.</summary>
    void Request(string workspaceId);
}

/// <summary>
/// Aggregates workspaces one after the other in this process. A request that does not fit in the queue is dropped, because the maintenance
/// aggregates every workspace with new scans anyway.
/// </summary>
internal sealed class AggregationRequests(ScanAggregator aggregator, BackgroundWork background) : BackgroundService, IAggregationRequests
{
    private const int MaxWaiting = 1_000;

    private readonly ConcurrentDictionary<string, bool> waiting = new(StringComparer.Ordinal);
    private readonly Channel<string> queue = Channel.CreateBounded<string>(MaxWaiting);

    /// <inheritdoc />
    public void Request(string workspaceId)
    {
        if (waiting.TryAdd(workspaceId, true) && !queue.Writer.TryWrite(workspaceId))
        {
            waiting.TryRemove(workspaceId, out _);
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var workspaceId in queue.Reader.ReadAllAsync(stoppingToken))
        {
            waiting.TryRemove(workspaceId, out _);
            await background.TryRunAsync("aggregate-scans", token => aggregator.CompleteAsync(workspaceId, token), stoppingToken);
        }
    }
}
