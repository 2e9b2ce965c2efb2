using Azure;
using Azure.Data.Tables;
using XQr.Api.Primitives;
using XQr.Api.Storage;

namespace XQr.Api.Links;

/// <summary>
/// Stores the short codes that redirects read. Table <c>ShortCodes</c>, partition = bucket of the short code (<see cref="ShortCodes.Bucket"/>;
/// codes of one bucket can be claimed in one transaction), row = short code in lower case: Workspace, Link, Destination, Enabled, ExpiresAt,
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
    /// <summary>The age of a mark after which other instances settle it. Settling too early is harmless: the writer tries again.</summary>
    private static readonly TimeSpan MaxMarkAge = TimeSpan.FromSeconds(30);

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
            : await FindLinkAsync(row, cancellationToken) is { } found && LinkRow.ToLink(found) is { } link ? ShortCode.Of(link) : null;
    }

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

    /// <summary>Returns whether a row is of a link that exists. Settles its mark, which may free the short code.</summary>
    public async Task<bool> IsInUseAsync(TableEntity row, CancellationToken cancellationToken) =>
        row.GetString("Doubt") is null || await SettleAsync(row, cancellationToken) is not null;

    /// <summary>Returns whether the mark of a row is so old that other instances settle it.</summary>
    public bool IsOld(TableEntity row) => time.GetUtcNow() - row.GetDateTimeOffset("DoubtAt") > MaxMarkAge;

    private async Task<ShortCode?> SettleAsync(TableEntity row, CancellationToken cancellationToken)
    {
        var result = await time.RetryAsync<SettleResult>(
            $"the link of {row.RowKey}",
            async () =>
            {
                var found = await FindLinkAsync(row, cancellationToken);
                if (!(found is null ? await TryFenceAsync(row, cancellationToken) : await TryTouchAsync(found, cancellationToken)))
                {
                    return null;
                }

                if (found is not null && LinkRow.ToLink(found) is { } link)
                {
                    await PublishAsync(link, row.ETag, cancellationToken);
                    return new(ShortCode.Of(link));
                }

                await TryRemoveAsync(row.RowKey, row.ETag, cancellationToken);
                return new(null);
            },
            cancellationToken);
        return result.Code;
    }

    /// <summary>Changes the version of the link's row.</summary>
    private async Task<bool> TryTouchAsync(TableEntity found, CancellationToken cancellationToken)
    {
        var touch = new TableEntity(found.PartitionKey, found.RowKey) { ["SettledAt"] = time.GetUtcNow() };
        return await tables.Workspaces.TryUpdateAsync(touch, found.ETag, TableUpdateMode.Merge, cancellationToken) is not null;
    }

    /// <summary>Prevents the creation of the link. A deleted link cannot come back, but a link whose creation was interrupted can.</summary>
    private async Task<bool> TryFenceAsync(TableEntity row, CancellationToken cancellationToken) =>
        row.GetString("Doubt") != ShortCodeRow.Creating
        || await tables.Workspaces.TryAddAsync(LinkRow.Fence(row.GetString("Workspace"), LinkKeyOf(row)), cancellationToken) is not null;

    private Task<TableEntity?> FindLinkAsync(TableEntity row, CancellationToken cancellationToken) =>
        tables.Workspaces.FindAsync(row.GetString("Workspace"), LinkKeyOf(row), cancellationToken);

    private static string LinkKeyOf(TableEntity row) => LinkKeys.Link(row.GetGuid("Link")!.Value);

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

    /// <summary>The result of a settled mark: the short code, or null if it is free.</summary>
    private readonly record struct SettleResult(ShortCode? Code);
}
