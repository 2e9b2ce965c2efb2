using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using XQr.Api.Analytics.Aggregation;

namespace XQr.Api.IntegrationTests.Analytics;

/// <summary>Records requests to aggregate, and does not aggregate.</summary>
internal sealed class RecordedRequests : IAggregationRequests
{
    private readonly ConcurrentQueue<string> all = new();

    public IEnumerable<string> All => all;

    public Task RequestAsync(string workspaceId, CancellationToken cancellationToken)
    {
        all.Enqueue(workspaceId);
        return Task.CompletedTask;
    }

    public void Register(IServiceCollection services) => services.AddSingleton<IAggregationRequests>(this);
}
