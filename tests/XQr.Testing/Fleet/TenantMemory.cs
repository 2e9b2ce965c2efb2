using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using XQr.Api.Analytics.Recording;
using XQr.Api.Analytics.Scans;
using XQr.Api.Analytics.Visitors;
using XQr.Api.Pipeline.RateLimits;
using XQr.Api.Tenancy;

namespace XQr.Testing.Fleet;

/// <summary>Measures the memory of an instance that has seen many workspaces: a scan, and a request with a key, of each.</summary>
/// <param name="connectionString">The connection string of storage.</param>
/// <param name="workspaces">The number of workspaces.</param>
public sealed class TenantMemory(string connectionString, int workspaces)
{
    private const int Parallelism = 32;

    private readonly FakeTimeProvider time = new(DateTimeOffset.UtcNow);

    /// <summary>Uses the workspaces, and lets hours pass.</summary>
    public async Task<TenantMemoryResult> RunAsync()
    {
        await using var instance = new FleetInstance(
            connectionString, new(), settings: null, services => services.AddSingleton<TimeProvider>(time));
        var (recorder, limiter) = (instance.Service<ScanRecorder>(), instance.Service<RateLimiter>());
        await UseAsync(instance, "first");
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await Parallel.ForAsync(
            0,
            workspaces,
            new ParallelOptions { MaxDegreeOfParallelism = Parallelism },
            async (number, _) => await UseAsync(instance, $"{number}"));
        var seen = (States: recorder.Writers + limiter.Counters, Bytes: GC.GetTotalMemory(forceFullCollection: true) - before);
        for (var half = 0; half < 4; half++)
        {
            time.Advance(TimeSpan.FromMinutes(30));
            await recorder.MergeAsync(time.GetUtcNow(), CancellationToken.None);
            await limiter.ReturnIdleAsync(CancellationToken.None);
        }

        var idle = (States: recorder.Writers + limiter.Counters, Bytes: GC.GetTotalMemory(forceFullCollection: true) - before);
        return new(seen.States, seen.Bytes, idle.States, idle.Bytes);
    }

    private async Task UseAsync(FleetInstance instance, string name)
    {
        var workspace = new Workspace($"ws_{name}", name, Plan.Business, time.GetUtcNow());
        var key = new ApiKey($"key_{name}", workspace.Id, name, []) { Hash = [] };
        await instance.Service<RateLimiter>().AdmitAsync(
            new KeyCaller(key, workspace, instance.Service<PlansOptions>()[workspace.Plan]), CancellationToken.None);
        var scan = new Scan(Guid.NewGuid(), time.GetUtcNow(), "DE", "mobile", "Firefox", "Android", Scan.Direct);
        await instance.Service<ScanRecorder>().RecordAsync(workspace.Id, new Visit(scan, Traits: null));
    }
}

/// <summary>The memory of an instance.</summary>
/// <param name="SeenStates">The writers and counters after each workspace was used.</param>
/// <param name="SeenBytes">The additional bytes at that time.</param>
/// <param name="IdleStates">The writers and counters two hours later.</param>
/// <param name="IdleBytes">The additional bytes at that time.</param>
public sealed record TenantMemoryResult(int SeenStates, long SeenBytes, int IdleStates, long IdleBytes);
