using Azure;
using Azure.Data.Tables;
using XQr.Api.Storage;

namespace XQr.Api.Analytics.Folding;

/// <summary>
/// Notes of the workspaces that have something to fold. Table <c>Folds</c>, row <c>{workspace id}</c> in partition <c>recent</c>: scans
/// were stored, or are about to be; and in partition <c>known</c>: there were scans once.
/// </summary>
internal sealed class FoldNoteStore(Tables tables, TimeProvider time)
{
    private const string Recent = "recent";
    private const string Known = "known";

    /// <summary>
    /// How long a note stays. Who stores scans renews the note each minute, so that when a note is this old, all that was to be stored
    /// because of it is.
    /// </summary>
    private static readonly TimeSpan Stays = TimeSpan.FromMinutes(10);

    /// <summary>Notes that scans of a workspace are about to be stored. One transaction.</summary>
    public Task AddAsync(string workspaceId, CancellationToken cancellationToken) =>
        tables.Folds.UpsertEntityAsync(new TableEntity(Recent, workspaceId) { ["At"] = time.GetUtcNow() }, TableUpdateMode.Replace, cancellationToken);

    /// <summary>Does something for each workspace with a note of recent scans. An old note is removed once it was done.</summary>
    /// <param name="act">What to do; false where it failed.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task ForEachRecentAsync(Func<string, Task<bool>> act, CancellationToken cancellationToken)
    {
        await foreach (var note in NotesAsync(Recent, cancellationToken))
        {
            if (await act(note.RowKey) && note.GetDateTimeOffset("At") < time.GetUtcNow() - Stays)
            {
                await tables.Folds.UpsertEntityAsync(new TableEntity(Known, note.RowKey), TableUpdateMode.Replace, cancellationToken);
                await TryRemoveAsync(note, cancellationToken);
            }
        }
    }

    /// <summary>Does something for each workspace that had scans once. One transaction a thousand.</summary>
    public async Task ForEachKnownAsync(Func<string, Task> act, CancellationToken cancellationToken)
    {
        await foreach (var note in NotesAsync(Known, cancellationToken))
        {
            await act(note.RowKey);
        }
    }

    private AsyncPageable<TableEntity> NotesAsync(string partition, CancellationToken cancellationToken) =>
        tables.Folds.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {partition}"), cancellationToken: cancellationToken);

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
}
