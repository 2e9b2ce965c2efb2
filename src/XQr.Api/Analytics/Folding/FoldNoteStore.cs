using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using XQr.Api.Storage;

namespace XQr.Api.Analytics.Folding;

/// <summary>
/// Notes of the workspaces that have something to fold. Table <c>Folds</c>, row <c>{workspace id}</c> in partition <c>recent</c>: scans
/// were stored, or are about to be; and in partition <c>known</c>: there were scans once.
/// </summary>
internal sealed partial class FoldNoteStore(Tables tables, TimeProvider time, ILogger<FoldNoteStore> logger)
{
    private const string Recent = "recent";
    private const string Known = "known";
    private const int Parallelism = 4;

    /// <summary>
    /// How long a note stays. Who stores scans renews the note each minute, so that when a note is this old, all that was to be stored
    /// because of it is.
    /// </summary>
    private static readonly TimeSpan Stays = TimeSpan.FromMinutes(10);

    /// <summary>Notes that scans of a workspace are about to be stored. One transaction.</summary>
    public Task AddAsync(string workspaceId, CancellationToken cancellationToken) =>
        tables.Folds.UpsertEntityAsync(new TableEntity(Recent, workspaceId) { ["At"] = time.GetUtcNow() }, TableUpdateMode.Replace, cancellationToken);

    /// <summary>Does something for each workspace with a note of recent scans. An old note is removed once it was done.</summary>
    public Task ForEachRecentAsync(Func<string, CancellationToken, Task> act, CancellationToken cancellationToken) => ForEachAsync(
        tables.Folds.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Recent}"), cancellationToken: cancellationToken),
        async (note, token) =>
        {
            await act(note.RowKey, token);
            if (note.GetDateTimeOffset("At") < time.GetUtcNow() - Stays)
            {
                await tables.Folds.UpsertEntityAsync(new TableEntity(Known, note.RowKey), TableUpdateMode.Replace, token);
                await TryRemoveAsync(note, token);
            }
        },
        cancellationToken);

    /// <summary>Does something for each workspace that ever had scans: one that always has some is never but recent. One transaction a thousand.</summary>
    public Task ForEachAsync(Func<string, CancellationToken, Task> act, CancellationToken cancellationToken) => ForEachAsync(
        tables.Folds.QueryAsync<TableEntity>(cancellationToken: cancellationToken).DistinctBy(note => note.RowKey),
        (note, token) => act(note.RowKey, token),
        cancellationToken);

    /// <summary>That it fails for one workspace is no reason to leave others alone.</summary>
    private Task ForEachAsync(IAsyncEnumerable<TableEntity> notes, Func<TableEntity, CancellationToken, Task> act, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        notes,
        new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken },
        async (note, token) =>
        {
            try
            {
                await act(note, token);
            }
            catch (Exception exception) when (!token.IsCancellationRequested)
            {
                Telemetry.BackgroundFailures.Add(1, new KeyValuePair<string, object?>("work", "aggregate-scans"));
                Log.Failed(logger, note.RowKey, exception);
            }
        });

    private async Task TryRemoveAsync(TableEntity note, CancellationToken cancellationToken)
    {
        try
        {
            await tables.Folds.DeleteEntityAsync(note, note.ETag, cancellationToken);
        }
        catch (RequestFailedException failure) when (StorageFailure.IsConflict(failure))
        {
            // It was renewed.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The scans of workspace {WorkspaceId} could not be folded or looked after; it is tried again")]
        public static partial void Failed(ILogger logger, string workspaceId, Exception exception);
    }
}
