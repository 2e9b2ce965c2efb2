using XQr.Api.Analytics.Scans;
using XQr.Api.Work;

namespace XQr.Api.Analytics.Aggregation;

/// <summary>
/// Requests the daily clean-up of the known workspaces. It also finds scans that a process stored before it died, and could not ask anyone to
/// aggregate. Workspaces of versions before become known ones. The subject is a shard of the workspaces, or <c>{shard} {workspace id}</c> to
/// continue after one.
/// </summary>
internal sealed class KnownWorkspacesWork(KnownWorkspaceStore known, WorkQueue queue) : IWorkHandler
{
    private const string Name = "known-workspaces";
    private const int Parallelism = 8;

    /// <summary>The time over which the clean-ups of a day are spread.</summary>
    private static readonly TimeSpan Spread = TimeSpan.FromHours(1);

    public static ScheduledWork Schedule { get; } = new(Name, TimeSpan.FromDays(1), [.. WorkShards.All, .. KnownWorkspaceStore.OldShards]);

    public string Work => Name;

    public async Task<string?> RunAsync(string subject, WorkBudget budget, CancellationToken cancellationToken)
    {
        var (shard, after) = subject.Split(' ') is [var first, var second] ? (first, second) : (subject, "");
        Func<string, Task> act = KnownWorkspaceStore.OldShards.Contains(shard)
            ? workspaceId => known.AddAsync(workspaceId, cancellationToken)
            : workspaceId => queue.RequestAsync(WorkNames.CleanUp, workspaceId, Spread * Random.Shared.NextDouble(), cancellationToken);
        await foreach (var chunk in known.ReadAsync(shard, after, cancellationToken).Chunk(Parallelism).WithCancellation(cancellationToken))
        {
            await Task.WhenAll(chunk.Select(act));
            if (budget.IsUsedUp)
            {
                return $"{shard} {chunk[^1]}";
            }
        }

        return null;
    }
}
