using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using XQr.Api.Storage;

namespace XQr.Api.Analytics.Aggregation;

/// <summary>
/// Notes of the workspaces that have something to fold. Table <c>Folds</c>, row <c>{workspace id}</c> in partition <c>recent</c>: scans
/// were stored, or are about to be; and in partition <c>known</c>: there were scans once.
/// </summary>
internal sealed partial class ScanActivityStore(Tables tables, TimeProvider time, ILogger<ScanActivityStore> logger)
{
    private const string Recent = "recent";
    private const string Known = "known";
    private const int Parallelism = 4;

    /// <summary>
    /// How long a note stays. Who stores scans renews the note each minute, so that when a note is this old, all that was to be stored
    /// because of it is.
    /// </summary>
    private static readonly TimeSpan MarkerLifetime = TimeSpan.FromMinutes(10);

    /// <summary>Notes that scans of a workspace are about to be stored. One transaction.</summary>
    public Task MarkAsync(string workspaceId, CancellationToken cancellationToken) =>
        tables.ScanActivity.UpsertEntityAsync(new TableEntity(Recent, workspaceId) { ["At"] = time.GetUtcNow() }, TableUpdateMode.Replace, cancellationToken);

    /// <summary>Does something for each workspace with a note of recent scans. An old note is removed once it was done.</summary>
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

    /// <summary>Does something for each workspace that ever had scans: one that always has some is never but recent. One transaction a thousand.</summary>
    public Task ForEachAsync(Func<string, CancellationToken, Task> act, CancellationToken cancellationToken) => ForEachAsync(
        tables.ScanActivity.QueryAsync<TableEntity>(cancellationToken: cancellationToken).DistinctBy(marker => marker.RowKey),
        (marker, token) => act(marker.RowKey, token),
        cancellationToken);

    /// <summary>That it fails for one workspace is no reason to leave others alone.</summary>
    private Task ForEachAsync(IAsyncEnumerable<TableEntity> markers, Func<TableEntity, CancellationToken, Task> act, CancellationToken cancellationToken) => Parallel.ForEachAsync(
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
                Telemetry.BackgroundFailures.Add(1, new KeyValuePair<string, object?>("work", "aggregate-scans"));
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
            // It was renewed.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The scans of workspace {WorkspaceId} could not be aggregated or cleaned up. The next run tries again.")]
        public static partial void Failed(ILogger logger, string workspaceId, Exception exception);
    }
}
