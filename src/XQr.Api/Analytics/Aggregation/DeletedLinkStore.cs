using Azure;
using Azure.Data.Tables;
using XQr.Api.Links;
using XQr.Api.Storage;

namespace XQr.Api.Analytics.Aggregation;

/// <summary>A deleted link.</summary>
/// <param name="Id">The id of the link.</param>
/// <param name="DeletedAt">The time of the deletion.</param>
/// <param name="MayBeArchived">Whether the archive may have scans of it.</param>
internal sealed record DeletedLink(Guid Id, DateTimeOffset DeletedAt, bool MayBeArchived);

/// <summary>
/// The notes of deleted links (<see cref="ErasureStore"/>), and the tallies that deleted links may have left.
/// </summary>
internal sealed class DeletedLinkStore(Tables tables)
{
    private const int TransactionRows = 100;

    /// <summary>The notes of deleted links. One transaction a thousand.</summary>
    public async Task<IReadOnlyList<DeletedLink>> ReadAsync(string workspaceId, CancellationToken cancellationToken) =>
        await tables.Workspaces.QueryPrefix(workspaceId, LinkKeys.Erased, ["RowKey", "At", "Id", "Archived"], cancellationToken)
            .Where(row => row.GetGuid("Id") is not null && row.GetDateTimeOffset("At") is not null)
            .Select(row => new DeletedLink(row.GetGuid("Id")!.Value, row.GetDateTimeOffset("At")!.Value, row.GetBoolean("Archived") ?? true))
            .ToListAsync(cancellationToken);

    /// <summary>Notes that the archive has no scans of links any more. One transaction for a hundred.</summary>
    public Task MarkArchiveErasedAsync(string workspaceId, IEnumerable<Guid> links, CancellationToken cancellationToken) => ChangeAsync(
        workspaceId, links, (changes, rowKey) => changes.Write(new(workspaceId, rowKey) { ["Archived"] = false }, ETag.All, _ => { }), cancellationToken);

    /// <summary>Removes the notes of links, and what may be left of their tallies.</summary>
    public async Task RemoveAsync(string workspaceId, IReadOnlyCollection<Guid> links, CancellationToken cancellationToken)
    {
        await RemoveTalliesAsync(workspaceId, links, cancellationToken);
        await ChangeAsync(workspaceId, links, (changes, rowKey) => changes.Remove(rowKey), cancellationToken);
    }

    /// <summary>Removes the tallies of links. One transaction for each link, and one more where there are any.</summary>
    public Task RemoveTalliesAsync(string workspaceId, IEnumerable<Guid> links, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        links,
        new ParallelOptions { MaxDegreeOfParallelism = StatisticsRows.Parallelism, CancellationToken = cancellationToken },
        async (link, token) => await RemoveTalliesAsync(workspaceId, link, token));

    private async Task ChangeAsync(
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
