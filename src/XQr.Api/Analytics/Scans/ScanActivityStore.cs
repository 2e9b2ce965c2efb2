using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using XQr.Api.Maintenance;
using XQr.Api.Storage;

namespace XQr.Api.Analytics.Scans;

/// <summary>
/// Stores markers of the workspaces that have scans. Table <c>Folds</c>, row <c>{workspace id}</c>: in partition <c>recent</c>, scans were
/// stored or are about to be stored; in partition <c>known</c>, the workspace has had scans.
/// </summary>
internal sealed partial class ScanActivityStore(
    Tables tables, TimeProvider time, BackgroundMetrics metrics, ILogger<ScanActivityStore> logger)
{
    private const string Recent = "recent";
    private const string Known = "known";
    private const int Parallelism = 4;

    /// <summary>
    /// The time for which a marker is kept. A writer of scans renews the marker each minute, so the scans of an older marker are stored.
    /// </summary>
    private static readonly TimeSpan MarkerLifetime = TimeSpan.FromMinutes(10);

    /// <summary>Records that scans of a workspace are about to be stored. One transaction.</summary>
    public Task MarkAsync(string workspaceId, CancellationToken cancellationToken) => tables.ScanActivity.UpsertEntityAsync(
        new TableEntity(Recent, workspaceId) { ["At"] = time.GetUtcNow() }, TableUpdateMode.Replace, cancellationToken);

    /// <summary>Runs an action for each workspace with recent scans, and then removes the marker if it is old.</summary>
    public Task ForEachRecentAsync(Func<string, CancellationToken, Task> act, CancellationToken cancellationToken) => ForEachAsync(
        tables.ScanActivity.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Recent}"), cancellationToken: cancellationToken),
        async (marker, token) =>
        {
            await act(marker.RowKey, token);
            if (marker.GetDateTimeOffset("At") < time.GetUtcNow() - MarkerLifetime)
            {
                await tables.ScanActivity.UpsertEntityAsync(new TableEntity(Known, marker.RowKey), TableUpdateMode.Replace, token);
                await TryRemoveAsync(marker, token);
            }
        },
        cancellationToken);

    /// <summary>
    /// Runs an action for each workspace that has had scans. It reads both partitions, since a workspace that always has scans is only in
    /// <c>recent</c>. One transaction for each thousand.
    /// </summary>
    public Task ForEachAsync(Func<string, CancellationToken, Task> act, CancellationToken cancellationToken) => ForEachAsync(
        tables.ScanActivity.QueryAsync<TableEntity>(cancellationToken: cancellationToken).DistinctBy(marker => marker.RowKey),
        (marker, token) => act(marker.RowKey, token),
        cancellationToken);

    /// <summary>Runs an action for each marker. A failure for one workspace does not affect others.</summary>
    private Task ForEachAsync(
        IAsyncEnumerable<TableEntity> markers,
        Func<TableEntity, CancellationToken, Task> act,
        CancellationToken cancellationToken) => Parallel.ForEachAsync(
        markers,
        new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken },
        async (marker, token) =>
        {
            try
            {
                await act(marker, token);
            }
            catch (Exception exception) when (!token.IsCancellationRequested)
            {
                metrics.AddFailure("aggregate-scans");
                Log.Failed(logger, marker.RowKey, exception);
            }
        });

    private async Task TryRemoveAsync(TableEntity marker, CancellationToken cancellationToken)
    {
        try
        {
            await tables.ScanActivity.DeleteEntityAsync(marker, marker.ETag, cancellationToken);
        }
        catch (RequestFailedException failure) when (StorageFailure.IsConflict(failure))
        {
            // A writer has renewed the marker.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The scans of workspace {WorkspaceId} could not be aggregated or cleaned up. The next run tries again.")]
        public static partial void Failed(ILogger logger, string workspaceId, Exception exception);
    }
}
