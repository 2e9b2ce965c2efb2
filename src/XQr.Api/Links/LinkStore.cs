using Azure;
using Azure.Data.Tables;
using XQr.Api.Storage;

namespace XQr.Api.Links;

/// <summary>
/// Stores links. Table <c>Workspaces</c>, partition = workspace id:
/// <list type="table">
/// <item><term><c>l{inverted id}</c></term><description>the link: Id, ShortCode, Destination, Enabled, Labels (one a line), ExpiresAt,
/// CreatedAt, UpdatedAt, RoutingRules0, … (<see cref="Routing.RoutingRulesRow"/>), QrRendered, Version. Or a fence: Fence, which keeps
/// a creation from going on after its code was given to somebody else</description></item>
/// <item><term><c>l{inverted id}t{name}</c></term><description>a tally of the link's scans: Count, LastScanAt. Their sum is the link's scan
/// count; see the store of the scans</description></item>
/// <item><term><c>x{hash of label}{inverted id}</c>, <c>y{inverted id}</c></term><description>the index of links with a label, and of those
/// that are switched off: Enabled</description></item>
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
    private const int Attempts = 15;
    private const int TransactionRows = 70;

    private readonly KeyedLock changes = new(time);

    /// <summary>Takes one transaction.</summary>
    public async Task<Link?> FindAsync(string workspaceId, Guid id, CancellationToken cancellationToken) =>
        (await ReadAsync(workspaceId, id, cancellationToken))?.ToLink();

    /// <summary>Changes a link, with retries on concurrent changes. Takes four transactions, or two if redirects are not affected.</summary>
    /// <param name="workspaceId">The workspace.</param>
    /// <param name="id">The id of the link.</param>
    /// <param name="known">Returns whether the link has the version that the caller knows.</param>
    /// <param name="change">Returns the changed link, or the same link if nothing changes. Called again after a conflict.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public Task<LinkChange> UpdateAsync(
        string workspaceId, Guid id, Func<Link, bool> known, Func<Link, Link> change, CancellationToken cancellationToken) =>
        changes.RunAsync(id, () => RepeatUpdateAsync(workspaceId, id, known, change, cancellationToken), cancellationToken);

    /// <summary>Deletes a link with its tallies. Takes four transactions.</summary>
    public Task<LinkChange> DeleteAsync(string workspaceId, Guid id, Func<Link, bool> known, CancellationToken cancellationToken) =>
        changes.RunAsync(id, () => RepeatDeleteAsync(workspaceId, id, known, cancellationToken), cancellationToken);

    private async Task<LinkChange> RepeatUpdateAsync(
        string workspaceId, Guid id, Func<Link, bool> known, Func<Link, Link> change, CancellationToken cancellationToken)
    {
        string? version = null;
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var rows = await ReadAsync(workspaceId, id, cancellationToken);
            if (rows?.ToLink() is not { } link)
            {
                return new(LinkOutcome.NotFound);
            }

            if (version is not null && link.Version == version)
            {
                // An earlier attempt succeeded although its response was lost.
                return new(LinkOutcome.Done, link);
            }

            if (!known(link))
            {
                return new(LinkOutcome.Stale);
            }

            var changed = change(link);
            version = changed.Version;
            if (changed == link || await TryUpdateAsync(rows, link, changed, cancellationToken))
            {
                return new(LinkOutcome.Done, changed);
            }

            await time.PauseAsync(attempt, cancellationToken);
        }

        throw Contended(id);
    }

    private async Task<LinkChange> RepeatDeleteAsync(string workspaceId, Guid id, Func<Link, bool> known, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var rows = await ReadAsync(workspaceId, id, cancellationToken);
            if (rows?.ToLink() is not { } link)
            {
                return new(LinkOutcome.NotFound);
            }

            if (!known(link))
            {
                return new(LinkOutcome.Stale);
            }

            if (await codes.MarkAsync(link, cancellationToken) is { } mark && await TryDeleteAsync(rows, link, cancellationToken))
            {
                await codes.RemoveAsync(link, mark, cancellationToken);
                return new(LinkOutcome.Done, link);
            }

            await time.PauseAsync(attempt, cancellationToken);
        }

        throw Contended(id);
    }

    private async Task<bool> TryUpdateAsync(LinkRows rows, Link link, Link changed, CancellationToken cancellationToken)
    {
        if (ShortCode.Of(link) == ShortCode.Of(changed))
        {
            return await TryWriteAsync(rows, link, changed, cancellationToken);
        }

        if (await codes.MarkAsync(link, cancellationToken) is not { } mark || !await TryWriteAsync(rows, link, changed, cancellationToken))
        {
            return false;
        }

        await codes.PublishAsync(changed, mark, cancellationToken);
        return true;
    }

    /// <summary>Returns the change of the counts, if any.</summary>
    private async Task<bool> TryWriteAsync(LinkRows rows, Link link, Link changed, CancellationToken cancellationToken)
    {
        TableTransactionAction[] actions =
            [new(TableTransactionActionType.UpdateReplace, LinkRow.From(changed), rows.ETag), .. LinkIndexRows.Change(link, changed)];
        return link.Enabled == changed.Enabled
            ? await tables.Workspaces.TryTransactAsync(actions, cancellationToken) is not null
            : await commits.CommitAsync(link.WorkspaceId, usage => usage.Change(link, changed), actions, cancellationToken) == CommitOutcome.Done;
    }

    private async Task<bool> TryDeleteAsync(LinkRows rows, Link link, CancellationToken cancellationToken)
    {
        var tallies = rows.Tallies.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All)).ToList();
        TableTransactionAction[] actions =
        [
            new(TableTransactionActionType.Delete, rows.Link!, rows.ETag),
            .. LinkIndexRows.Change(link, null),
            NoteOf(link, LinkKeys.ErasedLink(link.Id)),
            NoteOf(link, LinkKeys.ToEraseLink(link.Id)),
            .. tallies.Take(TransactionRows),
        ];
        if (await commits.CommitAsync(link.WorkspaceId, usage => usage.Remove(link), actions, cancellationToken) != CommitOutcome.Done
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

    private TableTransactionAction NoteOf(Link link, string rowKey) => new(
        TableTransactionActionType.UpsertReplace, new TableEntity(link.WorkspaceId, rowKey) { ["At"] = time.GetUtcNow(), ["Id"] = link.Id });

    private Task<LinkRows?> ReadAsync(string workspaceId, Guid id, CancellationToken cancellationToken) =>
        LinkRows.FindAsync(tables.Workspaces, workspaceId, LinkKeys.Link(id), cancellationToken);

    private static ContentionException Contended(Guid id) => new($"Link {id} has too many writers.");
}
