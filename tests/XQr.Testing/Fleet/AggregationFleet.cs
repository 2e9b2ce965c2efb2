using System.Diagnostics;
using Azure.Core.Pipeline;
using Azure.Storage.Queues;
using Microsoft.Extensions.DependencyInjection;
using XQr.Api.Analytics.Aggregation;
using XQr.Api.Analytics.Scans;
using XQr.Api.Analytics.Statistics;
using XQr.Api.Storage;
using XQr.Api.Work;
using XQr.Testing.Storage;

namespace XQr.Testing.Fleet;

/// <summary>
/// Aggregates many workspaces by the queue on several workers. The aggregation of one workspace always fails, and one worker may lose storage in
/// the middle of its work, as if its process had died.
/// </summary>
/// <param name="connectionString">The connection string of storage.</param>
/// <param name="workers">The number of workers.</param>
/// <param name="workspaces">The number of workspaces, the failing one included.</param>
public sealed class AggregationFleet(string connectionString, int workers, int workspaces)
{
    private const int Scans = 5;
    private const int Parallelism = 32;

    private readonly string prefix = Guid.NewGuid().ToString("N");
    private readonly StorageTraffic traffic = new();
    private readonly StorageFaults fault = new();

    /// <summary>Adds scans to each workspace, and runs the workers until the queue is empty.</summary>
    /// <param name="callsBeforeDeath">The calls of the worker that dies; null if none does.</param>
    public async Task<AggregationFleetResult> RunAsync(int? callsBeforeDeath)
    {
        await using var reader = NewInstance();
        await reader.Service<StorageSetup>().EnsureCreatedAsync();
        await ForEachAsync(workspace => ArrangeAsync(reader, workspace));
        if (callsBeforeDeath is { } calls)
        {
            fault.DieAfter(calls, loseNextResponse: true);
        }

        var (before, start) = (traffic.Calls, Stopwatch.GetTimestamp());
        FleetInstance[] fleet = [NewInstance(fault), .. Enumerable.Range(1, workers - 1).Select(_ => NewInstance())];
        await Task.WhenAll(fleet.Select(worker => worker.Service<WorkService>().StartAsync(CancellationToken.None)));
        var queues = reader.Service<Queues>();
        while (await CountAsync(queues.Work) > 0)
        {
            await Task.Delay(TimeSpan.FromSeconds(1));
        }

        var duration = Stopwatch.GetElapsedTime(start);
        var callsPerWorkspace = (traffic.Calls - before) / (double)workspaces;
        var exact = 0;
        await ForEachAsync(async workspace => Interlocked.Add(ref exact, await IsExactAsync(reader, workspace) ? 1 : 0));
        foreach (var worker in fleet)
        {
            await worker.Service<WorkService>().StopAsync(CancellationToken.None);
            await worker.DisposeAsync();
        }

        return new(exact, await CountAsync(queues.WorkPoison), fault.Happened, callsPerWorkspace, duration);
    }

    private FleetInstance NewInstance(params HttpPipelinePolicy[] policies)
    {
        var poison = new StorageRefusals();
        poison.Refuse(400, "InvalidInput", NameOf(0));
        return new(connectionString, traffic, settings: null, services =>
        {
            services.AddSingleton<WorkService>()
                .AddSingleton(provider => new Queues(provider.GetRequiredService<QueueServiceClient>(), $"fleet-{prefix}"));
            foreach (var policy in policies.Prepend(poison))
            {
                services.AddSingleton(policy);
            }
        });
    }

    private string NameOf(int workspace) => $"ws_{prefix}{workspace:00000}";

    private Task ForEachAsync(Func<int, Task> run) => Parallel.ForAsync(
        0, workspaces, new ParallelOptions { MaxDegreeOfParallelism = Parallelism }, async (workspace, _) => await run(workspace));

    /// <summary>Stores a batch, and requests its aggregation. The failing workspace has only the request.</summary>
    private async Task ArrangeAsync(FleetInstance instance, int workspace)
    {
        if (workspace > 0)
        {
            var now = DateTimeOffset.UtcNow;
            var scan = new Scan(Guid.NewGuid(), now, "DE", "mobile", "Firefox", "Android", Scan.Direct, Visitor: 1);
            var batch = new ScanBatch(new WriterTallies().NewName(), [.. Enumerable.Repeat(scan, Scans)]);
            await instance.Service<Tables>().Workspaces.AddEntityAsync(ScanStore.ToRow(
                NameOf(workspace), PendingBatch.KeyOf(batch.Hour, batch.Id), ScanBatchFormat.Write(batch.Scans), batch.Scans.Count));
        }

        await instance.Service<WorkQueue>().RequestAsync(WorkNames.Aggregate, NameOf(workspace), TimeSpan.Zero, CancellationToken.None);
    }

    private async Task<bool> IsExactAsync(FleetInstance instance, int workspace)
    {
        var days = workspace == 0 ? [] : await instance.Service<StatisticsStore>().ReadDaysAsync(
            NameOf(workspace),
            linkId: null,
            from: null,
            DateOnly.MaxValue,
            StatisticsParts.None,
            includeBots: false,
            PendingScans.None,
            CancellationToken.None);
        return days.Sum(day => day.Statistics.Scans) == Scans;
    }

    private static async Task<int> CountAsync(QueueClient queue) => (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount;
}

/// <summary>The results of the aggregation of a fleet.</summary>
/// <param name="Exact">The workspaces whose statistics have each scan once.</param>
/// <param name="Poisoned">The messages in the poison queue.</param>
/// <param name="WorkerDied">True if a worker lost storage.</param>
/// <param name="CallsPerWorkspace">The calls to storage for each workspace, those for an empty queue included.</param>
/// <param name="Duration">The time until the queue was empty.</param>
public sealed record AggregationFleetResult(int Exact, int Poisoned, bool WorkerDied, double CallsPerWorkspace, TimeSpan Duration);
