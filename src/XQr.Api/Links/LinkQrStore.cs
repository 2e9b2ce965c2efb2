using Azure.Data.Tables;
using XQr.Api.Storage;

namespace XQr.Api.Links;

/// <summary>
/// Counts links with a rendered QR code: sets QrRendered in the link's row and updates the workspace's counts (see
/// <see cref="LinkStore"/>).
/// </summary>
internal sealed class LinkQrStore(Tables tables, CountedCommits<LinkUsage> commits, TimeProvider time)
{
    private const int TransactionRows = 80;
    private const int Parallelism = 32;

    /// <summary>Counts a link once, regardless of the number of calls. Takes one or two transactions.</summary>
    public Task<LinkOutcome> CountAsync(string workspaceId, Guid id, int? limit, CancellationToken cancellationToken) => time.RetryAsync<LinkOutcome>(
        $"link {id}",
        async () =>
        {
            var rows = await ReadAsync(workspaceId, id, cancellationToken);
            if (rows?.ToLink() is not { } link)
            {
                return LinkOutcome.NotFound;
            }

            if (link.QrRendered)
            {
                return LinkOutcome.Done;
            }

            return await CommitAsync(workspaceId, [rows], limit, cancellationToken) switch
            {
                CommitOutcome.Done => LinkOutcome.Done,
                CommitOutcome.Conflict => null,

                // Another request may have counted the link and reached the limit.
                _ => (await ReadUncountedAsync(workspaceId, [id], cancellationToken)).Length == 0 ? LinkOutcome.Done : LinkOutcome.OverLimit,
            };
        },
        cancellationToken);

    /// <summary>
    /// Counts many links of a workspace, or none if the limit does not allow all. If others reach the limit at the same time, some links
    /// may be counted although the request is rejected. Takes one transaction for each uncounted link, one for the counts and one for each
    /// 80 links; near the limit, one more for each uncounted link.
    /// </summary>
    public async Task<LinkOutcome> CountAllAsync(string workspaceId, IEnumerable<Link> links, int? limit, CancellationToken cancellationToken)
    {
        Guid[] uncounted = [.. links.Where(link => !link.QrRendered).Select(link => link.Id)];
        if (uncounted.Length > 0 && limit is { } max)
        {
            var counted = (await commits.FindAsync(workspaceId, cancellationToken)).DynamicQr;
            if (counted + uncounted.Length > max)
            {
                // Some links may have been counted since they were read. Links that are not counted now were not counted when the counts
                // were read.
                uncounted = [.. (await ReadUncountedAsync(workspaceId, uncounted, cancellationToken)).Select(rows => rows.ToLink()!.Id)];
            }

            if (counted + uncounted.Length > max)
            {
                return LinkOutcome.OverLimit;
            }
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

    /// <summary>Counts all links in one transaction, or one by one if another request changes one of them.</summary>
    private async Task<LinkOutcome> CountChunkAsync(string workspaceId, Guid[] ids, int? limit, CancellationToken cancellationToken)
    {
        var uncounted = await ReadUncountedAsync(workspaceId, ids, cancellationToken);
        while (uncounted.Length > 0)
        {
            switch (await CommitAsync(workspaceId, uncounted, limit, cancellationToken))
            {
                case CommitOutcome.Done:
                    return LinkOutcome.Done;
                case CommitOutcome.Conflict:
                    return await CountEachAsync(workspaceId, ids, limit, cancellationToken);
            }

            // The limit does not allow all of them, unless another request has counted some.
            var before = uncounted.Length;
            uncounted = await ReadUncountedAsync(workspaceId, ids, cancellationToken);
            if (uncounted.Length == before)
            {
                return LinkOutcome.OverLimit;
            }
        }

        return LinkOutcome.Done;
    }

    private async Task<LinkOutcome> CountEachAsync(string workspaceId, Guid[] ids, int? limit, CancellationToken cancellationToken)
    {
        foreach (var id in ids)
        {
            if (await CountAsync(workspaceId, id, limit, cancellationToken) == LinkOutcome.OverLimit)
            {
                return LinkOutcome.OverLimit;
            }
        }

        return LinkOutcome.Done;
    }

    private Task<CommitOutcome> CommitAsync(string workspaceId, LinkRows[] links, int? limit, CancellationToken cancellationToken) =>
        commits.CommitAsync(
            workspaceId,
            LinkUsage.AddQr(links.Length, limit),
            [.. links.Select(rows => new TableTransactionAction(
                TableTransactionActionType.UpdateMerge, new TableEntity(workspaceId, rows.Link!.RowKey) { ["QrRendered"] = true }, rows.ETag))],
            cancellationToken);

    /// <summary>Returns the links that exist and are not counted. Takes one transaction for each.</summary>
    private async Task<LinkRows[]> ReadUncountedAsync(string workspaceId, Guid[] ids, CancellationToken cancellationToken) =>
        [.. (await ids.ReadEachAsync(Parallelism, (id, token) => ReadAsync(workspaceId, id, token), cancellationToken))
            .OfType<LinkRows>().Where(rows => rows.ToLink() is { QrRendered: false })];

    private Task<LinkRows?> ReadAsync(string workspaceId, Guid id, CancellationToken cancellationToken) =>
        LinkRows.FindAsync(tables.Workspaces, workspaceId, LinkKeys.Link(id), cancellationToken);
}
