using Azure;
using Azure.Data.Tables;
using XQr.Api.Storage;
using XQr.Api.Tenancy;

namespace XQr.Api.Links;

/// <summary>
/// Stores links. Table <c>Workspaces</c>, partition = workspace id:
/// <list type="table">
/// <item><term><c>l{inverted id}</c></term><description>the link: Id, ShortCode, Destination, Enabled, Labels (one a line), ExpiresAt,
/// CreatedAt, UpdatedAt, RoutingRules0, … (<see cref="Routing.RoutingRulesRow"/>), QrRendered, Version, Changes0
/// (<see cref="LinkHistory"/>). Or a fence: Fence, which keeps a creation from continuing after its short code was given to another
/// link</description></item>
/// <item><term><c>l{inverted id}t{name}</c></term><description>a tally of the link's scans: Count, LastScanAt. Their sum is the link's scan
/// count; see the store of the scans</description></item>
/// <item><term><c>x{hash of label}{inverted id}</c>, <c>y{inverted id}</c></term><description>the index of links with a label, and of
/// disabled links: Enabled</description></item>
/// <item><term><c>e{inverted id}</c>, <c>s-{inverted id}</c></term><description>a deleted link whose scans are to be dropped, and whose
/// statistics are to be erased: At, Id; see the store of erasures</description></item>
/// <item><term><c>n</c></term><description>the counts, <see cref="LinkUsage"/></description></item>
/// </list>
/// The link, its index rows and the counts change in one transaction. The link's row is authoritative; redirects read a copy in table
/// <c>ShortCodes</c> (<see cref="ShortCodeStore"/>), which is marked before a change and published afterwards. A reader of a marked copy
/// reads this row.
/// </summary>
internal sealed class LinkStore(Tables tables, ShortCodeStore codes, CountedCommits<LinkUsage> commits, TimeProvider time)
{
    private const int TransactionRows = 70;

    private readonly KeyedLock<Guid> changes = new(time);

    /// <summary>Returns a link, or null if it does not exist. Takes one transaction.</summary>
    public async Task<Link?> FindAsync(string workspaceId, Guid id, CancellationToken cancellationToken) =>
        (await ReadAsync(workspaceId, id, cancellationToken))?.ToLink();

    /// <summary>Changes a link and records the change. Takes four transactions, or two if redirects are not affected.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="id">The id of the link.</param>
    /// <param name="change">
    /// Returns the changed link, the same link if nothing changes, or null to reject the change. Called again after a conflict.
    /// </param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <param name="isOneOfMany">True if the caller changes many links at once, so that they share transactions.</param>
    /// <returns>The changed link, or null if it does not exist or the change was rejected.</returns>
    public Task<Link?> UpdateAsync(
        Caller caller, Guid id, Func<Link, Link?> change, CancellationToken cancellationToken, bool isOneOfMany = false)
    {
        string? version = null;
        return ChangeAsync(
            caller.WorkspaceId,
            id,
            async (rows, link) =>
            {
                if (version is not null && link.Version == version)
                {
                    // An earlier attempt succeeded although its response was lost.
                    return new(link);
                }

                var changed = change(link);
                if (changed is null || changed == link)
                {
                    return new(changed);
                }

                changed = LinkHistory.Record(link, changed, caller.Actor);
                version = changed.Version;
                return await TryUpdateAsync(rows, link, changed, isOneOfMany, cancellationToken) ? new(changed) : null;
            },
            cancellationToken);
    }

    /// <summary>Deletes a link with its tallies. Takes four transactions.</summary>
    /// <param name="workspaceId">The workspace.</param>
    /// <param name="id">The id of the link.</param>
    /// <param name="condition">Returns whether the link may be deleted. Called again after a conflict.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>The deleted link, or null if it does not exist or the condition is not met.</returns>
    public Task<Link?> DeleteAsync(string workspaceId, Guid id, Func<Link, bool> condition, CancellationToken cancellationToken) =>
        ChangeAsync(
            workspaceId,
            id,
            async (rows, link) =>
            {
                if (!condition(link))
                {
                    return new(null);
                }

                if (await codes.MarkAsync(link, cancellationToken) is not { } mark || !await TryDeleteAsync(rows, link, cancellationToken))
                {
                    return null;
                }

                await codes.RemoveAsync(link, mark, cancellationToken);
                return new(link);
            },
            cancellationToken);

    /// <summary>Reads a link and changes it, with retries on concurrent changes.</summary>
    private Task<Link?> ChangeAsync(
        string workspaceId, Guid id, Func<LinkRows, Link, Task<ChangeResult?>> attempt, CancellationToken cancellationToken) =>
        changes.RunAsync(
            id,
            async () =>
            {
                var result = await time.RetryAsync<ChangeResult>(
                    $"link {id}",
                    async () => await ReadAsync(workspaceId, id, cancellationToken) is { } rows && rows.ToLink() is { } link
                        ? await attempt(rows, link)
                        : new(null),
                    cancellationToken);
                return result.Link;
            },
            cancellationToken);

    private async Task<bool> TryUpdateAsync(LinkRows rows, Link link, Link changed, bool isOneOfMany, CancellationToken cancellationToken)
    {
        if (ShortCode.Of(link) == ShortCode.Of(changed))
        {
            return await TryWriteAsync(rows, link, changed, isOneOfMany, cancellationToken);
        }

        if (await codes.MarkAsync(link, cancellationToken) is not { } mark
            || !await TryWriteAsync(rows, link, changed, isOneOfMany, cancellationToken))
        {
            return false;
        }

        await codes.PublishAsync(changed, mark, cancellationToken);
        return true;
    }

    /// <summary>
    /// Writes the link and its index rows, with the counts if they change. One of many changes is written with the counts too, because
    /// commits that arrive at the same time share a transaction.
    /// </summary>
    private async Task<bool> TryWriteAsync(LinkRows rows, Link link, Link changed, bool isOneOfMany, CancellationToken cancellationToken)
    {
        TableTransactionAction[] actions =
            [new(TableTransactionActionType.UpdateReplace, LinkRow.From(changed), rows.ETag), .. LinkIndexRows.Change(link, changed)];
        return link.Enabled == changed.Enabled && !isOneOfMany
            ? await tables.Workspaces.TryTransactAsync(actions, cancellationToken) is not null
            : await commits.CommitAsync(link.WorkspaceId, LinkUsage.Change(link, changed), actions, cancellationToken) == CommitOutcome.Done;
    }

    private async Task<bool> TryDeleteAsync(LinkRows rows, Link link, CancellationToken cancellationToken)
    {
        var tallies = rows.Tallies.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All)).ToList();
        TableTransactionAction[] actions =
        [
            new(TableTransactionActionType.Delete, rows.Link!, rows.ETag),
            .. LinkIndexRows.Change(link, null),
            NewDeletionAction(link, LinkKeys.ErasedLink(link.Id)),
            NewDeletionAction(link, LinkKeys.ToEraseLink(link.Id)),
            .. tallies.Take(TransactionRows),
        ];
        if (await commits.CommitAsync(link.WorkspaceId, LinkUsage.Remove(link), actions, cancellationToken) != CommitOutcome.Done
            && await FindAsync(link.WorkspaceId, link.Id, cancellationToken) is not null)
        {
            return false;
        }

        // If the commit has a conflict and the link is gone, an earlier attempt succeeded although its response was lost.
        foreach (var chunk in tallies.Skip(TransactionRows).Chunk(TransactionRows))
        {
            await tables.Workspaces.TryTransactAsync(chunk, cancellationToken);
        }

        return true;
    }

    private TableTransactionAction NewDeletionAction(Link link, string rowKey) => new(
        TableTransactionActionType.UpsertReplace, new TableEntity(link.WorkspaceId, rowKey) { ["At"] = time.GetUtcNow(), ["Id"] = link.Id });

    private Task<LinkRows?> ReadAsync(string workspaceId, Guid id, CancellationToken cancellationToken) =>
        LinkRows.FindAsync(tables.Workspaces, workspaceId, LinkKeys.Link(id), cancellationToken);

    /// <summary>The result of an attempt that needs no retry.</summary>
    private readonly record struct ChangeResult(Link? Link);
}
