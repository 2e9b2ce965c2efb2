using Azure;
using Azure.Data.Tables;
using XQr.Api.Links;
using XQr.Api.Storage;

namespace XQr.Api.Analytics.Aggregation;

/// <summary>Represents a deleted link.</summary>
/// <param name="Id">The id of the link.</param>
/// <param name="DeletedAt">The time of the deletion.</param>
/// <param name="MayBeArchived">True if the archive may contain scans of the link.</param>
/// <param name="StoredAt">The time of the deletion by the clock of storage, which all instances share.</param>
internal sealed record DeletedLink(Guid Id, DateTimeOffset DeletedAt, bool MayBeArchived, DateTimeOffset StoredAt);

/// <summary>
/// Stores the markers of deleted links (<see cref="ErasureStore"/>), and removes the tallies that deleted links may have left.
/// </summary>
internal sealed class DeletedLinkStore(Tables tables)
{
    private const int TransactionRows = 100;

    /// <summary>Returns the deleted links. One transaction for each thousand.</summary>
    public async Task<IReadOnlyList<DeletedLink>> ReadAsync(string workspaceId, CancellationToken cancellationToken) =>
        await tables.Workspaces.QueryPrefix(workspaceId, LinkKeys.Erased, ["RowKey", "At", "Id", "Archived", "Timestamp"], cancellationToken)
            .Where(row => row.GetGuid("Id") is not null && row.GetDateTimeOffset("At") is not null)
            .Select(row => new DeletedLink(
                row.GetGuid("Id")!.Value, row.GetDateTimeOffset("At")!.Value, row.GetBoolean("Archived") ?? true, row.Timestamp!.Value))
            .ToListAsync(cancellationToken);

    /// <summary>Records that the archive contains no scans of the links. One transaction for each hundred.</summary>
    public Task MarkArchiveErasedAsync(string workspaceId, IEnumerable<Guid> links, CancellationToken cancellationToken) => ChangeAsync(
        workspaceId,
        links,
        (changes, rowKey) => changes.Write(new(workspaceId, rowKey) { ["Archived"] = false }, ETag.All, _ => { }),
        cancellationToken);

    /// <summary>Removes the markers of links and their remaining tallies.</summary>
    public async Task RemoveAsync(string workspaceId, IReadOnlyCollection<Guid> links, CancellationToken cancellationToken)
    {
        await RemoveTalliesAsync(workspaceId, links, cancellationToken);
        await ChangeAsync(workspaceId, links, (changes, rowKey) => changes.Remove(rowKey), cancellationToken);
    }

    /// <summary>Removes the tallies of links. One transaction for each link, and one more if it has any.</summary>
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

            // If another instance changed a marker, the next run repeats the change.
            await changes.TryCommitAsync(tables.Workspaces, cancellationToken);
        }
    }

    /// <summary>Removes the tallies of writers that died, or that did not know yet that the link was deleted.</summary>
    private async Task RemoveTalliesAsync(string workspaceId, Guid link, CancellationToken cancellationToken)
    {
        var left = await LinkRows.FindAsync(tables.Workspaces, workspaceId, LinkKeys.Link(link), cancellationToken);
        if (left is not { Tallies.Count: > 0 } || left.ToLink() is not null)
        {
            return;
        }

        foreach (var chunk in left.Tallies.Chunk(TransactionRows))
        {
            // If a writer changes a tally at the same time, the writer finds out that the link is deleted.
            await tables.Workspaces.TryTransactAsync(
                chunk.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, row.ETag)), cancellationToken);
        }
    }
}
