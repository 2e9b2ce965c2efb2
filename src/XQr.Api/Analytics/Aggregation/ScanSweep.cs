using Microsoft.Extensions.Options;
using XQr.Api.Maintenance;

namespace XQr.Api.Analytics.Aggregation;

/// <summary>
/// Removes scans that have been kept for long enough, those of deleted links, the notes of deleted links of which none can come any
/// more, and the rows of writers that are gone. And folds and erases where nothing has happened for a while: of a link that was deleted in a workspace without visitors nobody tells.
/// </summary>
internal sealed class ScanSweep(
    ScanActivityStore activity, ScanAggregator aggregator, ScanArchiveStore archive, DeletedLinkStore deletedLinks, ScanWriterStore writers, IOptions<ScanOptions> options)
    : IMaintenanceTask
{
    private static readonly TimeSpan GracePeriod = TimeSpan.FromDays(1);

    public string Name => "scans";

    public TimeSpan Every => TimeSpan.FromHours(1);

    public Task RunAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        activity.ForEachAsync((workspaceId, token) => SweepAsync(workspaceId, now, token), cancellationToken);

    /// <summary>Does it for a workspace. Four transactions where there is nothing to do.</summary>
    public async Task SweepAsync(string workspaceId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ended = now - TimeSpan.FromDays(options.Value.RawRetentionDays);

        // What is deleted by now is erased from the statistics then, so that no scan of it gets into the archive any more.
        var deleted = await deletedLinks.ReadAsync(workspaceId, cancellationToken);
        await aggregator.CompleteAsync(workspaceId, cancellationToken);
        await archive.RemoveAsync(workspaceId, ended, cancellationToken);
        await writers.RemoveAsync(workspaceId, now - ScanWriterStore.Retention, cancellationToken);
        var archived = deleted.Where(link => link.MayBeArchived).Select(link => link.Id).ToHashSet();
        if (archived.Count > 0)
        {
            await archive.EraseAsync(workspaceId, archived, cancellationToken);
            await deletedLinks.MarkArchiveErasedAsync(workspaceId, archived, cancellationToken);
        }

        await deletedLinks.RemoveAsync(workspaceId, [.. deleted.Where(link => link.DeletedAt < ended - GracePeriod).Select(link => link.Id)], cancellationToken);
    }
}
