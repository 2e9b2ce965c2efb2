using Microsoft.Extensions.Options;
using XQr.Api.Analytics.Scans;
using XQr.Api.Maintenance;

namespace XQr.Api.Analytics.Aggregation;

/// <summary>
/// Removes scans after their retention, scans of deleted links, markers of deleted links of which no more scans can arrive, and the rows of
/// writers that are gone. It also aggregates and erases, because a deletion in a workspace without visitors creates no marker of activity.
/// </summary>
internal sealed class ScanSweep(
    ScanActivityStore activity,
    ScanAggregator aggregator,
    ScanArchiveStore archive,
    DeletedLinkStore deletedLinks,
    ScanWriterStore writers,
    IOptions<ScanOptions> options)
    : IMaintenanceTask
{
    /// <summary>The time for which markers of deleted links are kept after the retention of scans.</summary>
    private static readonly TimeSpan GracePeriod = TimeSpan.FromDays(1);

    public string Name => "scans";

    public TimeSpan Every => TimeSpan.FromHours(1);

    public Task RunAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        activity.ForEachAsync((workspaceId, token) => SweepAsync(workspaceId, now, token), cancellationToken);

    /// <summary>Sweeps a workspace. Four transactions if there is nothing to do.</summary>
    public async Task SweepAsync(string workspaceId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var retainedSince = now - TimeSpan.FromDays(options.Value.RawRetentionDays);

        // The aggregation below erases these links from the statistics. No scan of them reaches the archive after that.
        var deleted = await deletedLinks.ReadAsync(workspaceId, cancellationToken);
        await aggregator.CompleteAsync(workspaceId, cancellationToken);
        await archive.RemoveAsync(workspaceId, retainedSince, cancellationToken);
        await writers.RemoveAsync(workspaceId, now - ScanWriterStore.Retention, cancellationToken);
        var archived = deleted.Where(link => link.MayBeArchived).Select(link => link.Id).ToHashSet();
        if (archived.Count > 0)
        {
            await archive.EraseAsync(workspaceId, archived, cancellationToken);
            await deletedLinks.MarkArchiveErasedAsync(workspaceId, archived, cancellationToken);
        }

        var expired = deleted.Where(link => link.DeletedAt < retainedSince - GracePeriod).Select(link => link.Id);
        await deletedLinks.RemoveAsync(workspaceId, [.. expired], cancellationToken);
    }
}
