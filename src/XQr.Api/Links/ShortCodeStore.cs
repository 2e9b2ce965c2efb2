using Azure;
using Azure.Data.Tables;
using XQr.Api.Storage;

namespace XQr.Api.Links;

/// <summary>
/// Stores the short codes that redirects read. Table <c>ShortCodes</c>, partition = bucket of the short code (<see cref="ShortCodes.Bucket"/>; codes of one
/// bucket can be claimed in one transaction), row = short code in lower case: Workspace, Link, Destination, Enabled, ExpiresAt,
/// RoutingRules0, … (<see cref="Routing.RoutingRulesRow"/>). While the link is being created, changed or deleted, the row has a mark: Doubt
/// (<c>create</c> or <c>change</c>) and DoubtAt.
/// <para>
/// The first creation that inserts the row owns the code. A marked row is uncertain, and the link's own row in its workspace decides, so
/// a process that dies between two calls leaves no wrong state. A reader of an old mark settles it: it first touches the link's row or
/// fence (or adds a fence if there is neither), so that no earlier writer can still change it, and then removes the mark. Every write is
/// conditional, so a writer that was overtaken notices.
/// </para>
/// </summary>
internal sealed class ShortCodeStore(Tables tables, TimeProvider time)
{
    private const int Attempts = 5;
    private const int TransactionRows = 100;
    private const int Parallelism = 16;

    /// <summary>A result instead of a claim: the link exists, and it is published or a later change publishes it.</summary>
    public static readonly ETag Created;

    /// <summary>The age of a mark after which other instances settle it. Settling too early is harmless: the writer tries again.</summary>
    private static readonly TimeSpan Courtesy = TimeSpan.FromSeconds(30);

    /// <summary>Returns the link of a short code. Takes one transaction, or two if the code is marked.</summary>
    public async Task<ShortCode?> FindAsync(string code, CancellationToken cancellationToken)
    {
        if (await tables.ShortCodes.FindAsync(ShortCodes.Bucket(code), code, cancellationToken) is not { } row)
        {
            return null;
        }

        if (row.GetString("Doubt") is null)
        {
            return ShortCodeRow.ToShortCode(row);
        }

        return IsOld(row)
            ? await SettleAsync(row, cancellationToken)
            : await FindLinkAsync(row, cancellationToken) is { } link && LinkRow.ToLink(link) is { } truth ? ShortCode.Of(truth) : null;
    }

    /// <summary>
    /// Claims a short code before its link is created. Returns null if the code is taken, or <see cref="Created"/> if an earlier run
    /// completed the creation.
    /// </summary>
    public async Task<ETag?> TryClaimAsync(Link link, CancellationToken cancellationToken)
    {
        var claim = ShortCodeRow.From(link, ShortCodeRow.Creating, time.GetUtcNow());
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            if (await tables.ShortCodes.TryAddAsync(claim, cancellationToken) is { } etag)
            {
                return etag;
            }

            if (await tables.ShortCodes.FindAsync(claim.PartitionKey, claim.RowKey, cancellationToken) is not { } other)
            {
                continue;
            }

            var doubt = other.GetString("Doubt");
            if (other.GetGuid("Link") == link.Id)
            {
                // The code belongs to this creation: an earlier run or an attempt whose response was lost wrote it. The link may have been
                // changed or deleted since, so this run must not publish it.
                if (doubt == ShortCodeRow.Creating)
                {
                    return other.ETag;
                }

                if (doubt is null || await SettleAsync(other, cancellationToken) is not null)
                {
                    return Created;
                }

                continue;
            }

            if (doubt is null || (doubt == ShortCodeRow.Creating && !IsOld(other)) || await SettleAsync(other, cancellationToken) is not null)
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>Claims distinct short codes before their links are created. Takes one transaction for each bucket.</summary>
    /// <returns>The result of <see cref="TryClaimAsync(Link, CancellationToken)"/> for each link.</returns>
    public async Task<IReadOnlyList<ETag?>> TryClaimAsync(IReadOnlyList<Link> links, CancellationToken cancellationToken)
    {
        var etags = new ETag?[links.Count];
        await ForEachBucketAsync(links, async (indexes, token) =>
        {
            var claimed = await TransactAsync(indexes, index => new(TableTransactionActionType.Add, ShortCodeRow.From(links[index], ShortCodeRow.Creating, time.GetUtcNow())), token);
            foreach (var (place, index) in indexes.Index())
            {
                etags[index] = claimed?[place] ?? await TryClaimAsync(links[index], token);
            }
        }, cancellationToken);
        return etags;
    }

    /// <summary>Publishes many links and removes their marks. Takes one transaction for each bucket.</summary>
    public Task PublishAsync(IReadOnlyList<(Link Link, ETag Mark)> links, CancellationToken cancellationToken) =>
        ForEachBucketAsync([.. links.Select(entry => entry.Link)], async (indexes, token) =>
        {
            if (await TransactAsync(
                indexes, index => new(TableTransactionActionType.UpdateReplace, ShortCodeRow.From(links[index].Link), links[index].Mark), token) is null)
            {
                foreach (var index in indexes)
                {
                    await PublishAsync(links[index].Link, links[index].Mark, token);
                }
            }
        }, cancellationToken);

    /// <summary>Marks a link's code before the link is changed or deleted. Returns null if another writer is active.</summary>
    public async Task<ETag?> MarkAsync(Link link, CancellationToken cancellationToken)
    {
        var key = ShortCodes.Key(link.ShortCode);
        var mark = new TableEntity(ShortCodes.Bucket(key), key) { ["Doubt"] = ShortCodeRow.Changing, ["DoubtAt"] = time.GetUtcNow() };

        // Unconditional: an extra mark costs a read, but a missing mark would lose a change.
        return await tables.ShortCodes.TryUpdateAsync(mark, ETag.All, TableUpdateMode.Merge, cancellationToken)
            ?? await tables.ShortCodes.TryAddAsync(ShortCodeRow.From(link, ShortCodeRow.Changing, time.GetUtcNow()), cancellationToken);
    }

    /// <summary>Publishes the changed link and removes the mark, unless another writer has marked the code since.</summary>
    public Task PublishAsync(Link link, ETag mark, CancellationToken cancellationToken) =>
        tables.ShortCodes.TryUpdateAsync(ShortCodeRow.From(link), mark, TableUpdateMode.Replace, cancellationToken);

    /// <summary>Deletes the short code of a deleted link.</summary>
    public Task RemoveAsync(Link link, ETag mark, CancellationToken cancellationToken) =>
        TryRemoveAsync(ShortCodes.Key(link.ShortCode), mark, cancellationToken);

    private static Task ForEachBucketAsync(
        IReadOnlyList<Link> links, Func<int[], CancellationToken, ValueTask> act, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            Enumerable.Range(0, links.Count).GroupBy(index => ShortCodes.Bucket(links[index].ShortCode)).SelectMany(bucket => bucket.Chunk(TransactionRows)),
            new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken },
            act);

    /// <summary>Also returns null for a single row, which needs no transaction.</summary>
    private async Task<IReadOnlyList<ETag>?> TransactAsync(
        int[] indexes, Func<int, TableTransactionAction> action, CancellationToken cancellationToken) =>
        indexes.Length > 1 ? await tables.ShortCodes.TryTransactAsync(indexes.Select(action), cancellationToken) : null;

    private async Task<ShortCode?> SettleAsync(TableEntity row, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var found = await FindLinkAsync(row, cancellationToken);
            if (!(found is null ? await TryFenceAsync(row, cancellationToken) : await TryTouchAsync(found, cancellationToken)))
            {
                continue;
            }

            if (found is not null && LinkRow.ToLink(found) is { } link)
            {
                await PublishAsync(link, row.ETag, cancellationToken);
                return ShortCode.Of(link);
            }

            await TryRemoveAsync(row.RowKey, row.ETag, cancellationToken);
            return null;
        }

        throw new ContentionException($"The link of {row.RowKey} has too many writers.");
    }

    private async Task<bool> TryTouchAsync(TableEntity found, CancellationToken cancellationToken)
    {
        var touch = new TableEntity(found.PartitionKey, found.RowKey) { ["SettledAt"] = time.GetUtcNow() };
        return await tables.Workspaces.TryUpdateAsync(touch, found.ETag, TableUpdateMode.Merge, cancellationToken) is not null;
    }

    /// <summary>A deleted link cannot come back, but a link whose creation was interrupted can.</summary>
    private async Task<bool> TryFenceAsync(TableEntity row, CancellationToken cancellationToken) =>
        row.GetString("Doubt") != ShortCodeRow.Creating
        || await tables.Workspaces.TryAddAsync(LinkRow.Fence(row.GetString("Workspace"), LinkKeys.Link(row.GetGuid("Link")!.Value)), cancellationToken) is not null;

    private Task<TableEntity?> FindLinkAsync(TableEntity row, CancellationToken cancellationToken) =>
        tables.Workspaces.FindAsync(row.GetString("Workspace"), LinkKeys.Link(row.GetGuid("Link")!.Value), cancellationToken);

    private async Task TryRemoveAsync(string key, ETag etag, CancellationToken cancellationToken)
    {
        try
        {
            await tables.ShortCodes.DeleteEntityAsync(ShortCodes.Bucket(key), key, etag, cancellationToken);
        }
        catch (RequestFailedException failure) when (StorageFailure.IsConflict(failure))
        {
            // Another writer has marked, settled or claimed the code since.
        }
    }

    private bool IsOld(TableEntity row) => time.GetUtcNow() - row.GetDateTimeOffset("DoubtAt") > Courtesy;
}
