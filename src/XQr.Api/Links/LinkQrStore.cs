using Azure.Data.Tables;
using XQr.Api.Storage;

namespace XQr.Api.Links;

/// <summary>Counts links among those whose QR code was rendered: QrRendered in the link's row, with the workspace's counts; see <see cref="LinkStore"/>.</summary>
internal sealed class LinkQrStore(Tables tables, CountedCommits<LinkUsage> commits, TimeProvider time)
{
    private const int Attempts = 10;
    private const int TransactionRows = 90;
    private const int Parallelism = 32;

    /// <summary>Counts a link, once however often it is called. Two transactions, or one.</summary>
    public async Task<LinkOutcome> CountAsync(string workspaceId, Guid id, int? limit, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var rows = await ReadAsync(workspaceId, id, cancellationToken);
            if (rows?.ToLink() is not { } link)
            {
                return LinkOutcome.NotFound;
            }

            switch (link.QrRendered ? CommitOutcome.Done : await CommitAsync(workspaceId, [rows], limit, cancellationToken))
            {
                case CommitOutcome.Done:
                    return LinkOutcome.Done;
                case CommitOutcome.Refused:
                    return LinkOutcome.OverLimit;
            }

            await time.PauseAsync(attempt, cancellationToken);
        }

        throw new TimeoutException($"Too many writers of link {id}.");
    }

    /// <summary>
    /// Counts many links of a workspace, each once, or none where the limit doesn't allow all. Where others use up the limit at the same
    /// moment, some may be counted although all are refused: they are when they are asked for again. One transaction for each that wasn't
    /// counted yet, one for the counts, and one for each ninety.
    /// </summary>
    public async Task<LinkOutcome> CountAllAsync(string workspaceId, IEnumerable<Link> links, int? limit, CancellationToken cancellationToken)
    {
        Guid[] uncounted = [.. links.Where(link => !link.QrRendered).Select(link => link.Id)];
        if (uncounted.Length > 0 && limit is { } most && (await commits.FindAsync(workspaceId, cancellationToken)).DynamicQr + uncounted.Length > most)
        {
            return LinkOutcome.OverLimit;
        }

        foreach (var chunk in uncounted.Chunk(TransactionRows))
        {
            if (await CountChunkAsync(workspaceId, chunk, limit, cancellationToken) == LinkOutcome.OverLimit)
            {
                return LinkOutcome.OverLimit;
            }
        }

        return LinkOutcome.Done;
    }

    /// <summary>All at once; one by one where somebody changes one of them at the same time.</summary>
    private async Task<LinkOutcome> CountChunkAsync(string workspaceId, Guid[] ids, int? limit, CancellationToken cancellationToken)
    {
        var rows = await ids.ReadEachAsync(Parallelism, (id, token) => ReadAsync(workspaceId, id, token), cancellationToken);
        LinkRows[] uncounted = [.. rows.OfType<LinkRows>().Where(row => row.ToLink() is { QrRendered: false })];
        switch (uncounted.Length == 0 ? CommitOutcome.Done : await CommitAsync(workspaceId, uncounted, limit, cancellationToken))
        {
            case CommitOutcome.Done:
                return LinkOutcome.Done;
            case CommitOutcome.Refused:
                return LinkOutcome.OverLimit;
        }

        foreach (var id in ids)
        {
            if (await CountAsync(workspaceId, id, limit, cancellationToken) == LinkOutcome.OverLimit)
            {
                return LinkOutcome.OverLimit;
            }
        }

        return LinkOutcome.Done;
    }

    private Task<CommitOutcome> CommitAsync(string workspaceId, LinkRows[] links, int? limit, CancellationToken cancellationToken) => commits.CommitAsync(
        workspaceId,
        usage => usage.AddQr(links.Length, limit),
        [.. links.Select(rows => new TableTransactionAction(
            TableTransactionActionType.UpdateMerge, new TableEntity(workspaceId, rows.Link!.RowKey) { ["QrRendered"] = true }, rows.ETag))],
        cancellationToken);

    private Task<LinkRows?> ReadAsync(string workspaceId, Guid id, CancellationToken cancellationToken) =>
        LinkRows.FindAsync(tables.Workspaces, workspaceId, LinkKeys.Link(id), cancellationToken);
}
