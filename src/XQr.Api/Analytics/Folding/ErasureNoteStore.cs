using Azure;
using Azure.Data.Tables;
using XQr.Api.Links;
using XQr.Api.Storage;

namespace XQr.Api.Analytics.Folding;

/// <summary>A deleted link.</summary>
/// <param name="Link">The link.</param>
/// <param name="At">When it was deleted.</param>
/// <param name="MayBeArchived">Whether the archive may have scans of it.</param>
internal sealed record ErasureNote(Guid Link, DateTimeOffset At, bool MayBeArchived);

/// <summary>
/// The notes of deleted links (<see cref="ErasureStore"/>), and the tallies that deleted links may have left.
/// </summary>
internal sealed class ErasureNoteStore(Tables tables)
{
    private const int TransactionRows = 100;

    /// <summary>The notes of deleted links. One transaction a thousand.</summary>
    public async Task<IReadOnlyList<ErasureNote>> ReadNotesAsync(string workspaceId, CancellationToken cancellationToken) =>
        await tables.Workspaces.QueryPrefix(workspaceId, LinkKeys.Erased, ["RowKey", "At", "Id", "Archived"], cancellationToken)
            .Where(row => row.GetGuid("Id") is not null && row.GetDateTimeOffset("At") is not null)
            .Select(row => new ErasureNote(row.GetGuid("Id")!.Value, row.GetDateTimeOffset("At")!.Value, row.GetBoolean("Archived") ?? true))
            .ToListAsync(cancellationToken);

    /// <summary>Notes that the archive has no scans of links any more. One transaction for a hundred.</summary>
    public Task NoteArchiveErasedAsync(string workspaceId, IEnumerable<Guid> links, CancellationToken cancellationToken) => ChangeNotesAsync(
        workspaceId, links, (changes, note) => changes.Write(new(workspaceId, note) { ["Archived"] = false }, ETag.All, _ => { }), cancellationToken);

    /// <summary>Removes the notes of links, and what may be left of their tallies.</summary>
    public async Task ForgetAsync(string workspaceId, IReadOnlyCollection<Guid> links, CancellationToken cancellationToken)
    {
        await RemoveTalliesAsync(workspaceId, links, cancellationToken);
        await ChangeNotesAsync(workspaceId, links, (changes, note) => changes.Remove(note), cancellationToken);
    }

    /// <summary>Removes the tallies of links. One transaction for each link, and one more where there are any.</summary>
    public Task RemoveTalliesAsync(string workspaceId, IEnumerable<Guid> links, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        links,
        new ParallelOptions { MaxDegreeOfParallelism = FigureRows.Parallelism, CancellationToken = cancellationToken },
        async (link, token) => await RemoveTalliesAsync(workspaceId, link, token));

    private async Task ChangeNotesAsync(
        string workspaceId, IEnumerable<Guid> links, Action<ChangedRows, string> change, CancellationToken cancellationToken)
    {
        foreach (var chunk in links.Chunk(TransactionRows))
        {
            var changes = new ChangedRows(workspaceId);
            foreach (var link in chunk)
            {
                change(changes, LinkKeys.ErasedLink(link));
            }

            // Where somebody else is at it, the next time will do.
            await changes.TryCommitAsync(tables.Workspaces, cancellationToken);
        }
    }

    /// <summary>Those of writers that died, or didn't know yet that the link was deleted.</summary>
    private async Task RemoveTalliesAsync(string workspaceId, Guid link, CancellationToken cancellationToken)
    {
        if (await LinkRows.FindAsync(tables.Workspaces, workspaceId, LinkKeys.Link(link), cancellationToken) is not { Tallies.Count: > 0 } left || left.ToLink() is not null)
        {
            return;
        }

        foreach (var chunk in left.Tallies.Chunk(TransactionRows))
        {
            // Where a writer is at it, it finds out by itself.
            await tables.Workspaces.TryTransactAsync(
                chunk.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, row.ETag)), cancellationToken);
        }
    }
}
