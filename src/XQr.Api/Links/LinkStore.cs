using Azure;
using Azure.Data.Tables;
using XQr.Api.Pipeline;
using XQr.Api.Storage;

namespace XQr.Api.Links;

/// <summary>
/// Links. Table <c>Workspaces</c>, partition = workspace id:
/// <list type="table">
/// <item><term><c>l{inverted id}</c></term><description>the link: Id, ShortCode, Destination, Enabled, Labels (one a line), ExpiresAt,
/// CreatedAt, UpdatedAt, RoutingRules0, … (<see cref="Routing.RoutingRulesRow"/>). Or a fence: Fence, which keeps a creation from going on after its code was given to somebody else</description></item>
/// <item><term><c>l{inverted id}t{name}</c></term><description>a tally of the link's scans: Count, LastScanAt. Their sum is the link's scan
/// count; see the store of the scans</description></item>
/// </list>
/// This row is the truth about a link. What a redirect reads is a copy in table <c>ShortCodes</c>, kept by <see cref="ShortCodeStore"/>:
/// it is marked before the truth changes and published afterwards, so whoever meets the mark looks here.
/// </summary>
internal sealed class LinkStore(Tables tables, ShortCodeStore codes, TimeProvider time)
{
    private const int Attempts = 10;
    private const int TransactionRows = 100;

    /// <summary>Adds a link; false where its short code is taken. Three transactions.</summary>
    public async Task<bool> TryAddAsync(Link link, CancellationToken cancellationToken)
    {
        if (await codes.TryClaimAsync(link, cancellationToken) is not { } claim)
        {
            return false;
        }

        var added = await tables.Workspaces.TryAddAsync(LinkRow.From(link), cancellationToken) is not null;
        if (!added && await FindAsync(link.WorkspaceId, link.Id, cancellationToken) is null)
        {
            return false;
        }

        await codes.PublishAsync(link, claim, cancellationToken);
        return true;
    }

    /// <summary>One transaction.</summary>
    public async Task<Link?> FindAsync(string workspaceId, Guid id, CancellationToken cancellationToken) =>
        (await ReadAsync(workspaceId, id, cancellationToken))?.ToLink();

    /// <summary>A part of a workspace's links, newest first, and how many match. Reads the whole workspace, a thousand rows a transaction.</summary>
    public async Task<(IReadOnlyList<Link> Links, int Total)> ListAsync(
        string workspaceId, LinkFilter filter, Page page, CancellationToken cancellationToken)
    {
        var links = new List<Link>();
        var total = 0;
        await foreach (var rows in LinkRows.ReadAsync(tables.Workspaces.QueryPrefix(workspaceId, LinkKeys.Prefix, null, cancellationToken)))
        {
            if (rows.ToLink() is not { } link || !filter.Matches(link))
            {
                continue;
            }

            if (total >= page.Offset && links.Count < page.Limit)
            {
                links.Add(link);
            }

            total++;
        }

        return (links, total);
    }

    /// <summary>
    /// Changes a link, however many others do at the same time; null where there is none. Four transactions, or two where redirects
    /// are not concerned.
    /// </summary>
    public async Task<Link?> UpdateAsync(string workspaceId, Guid id, Func<Link, Link> change, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var rows = await ReadAsync(workspaceId, id, cancellationToken);
            if (rows?.ToLink() is not { } link)
            {
                return null;
            }

            var changed = change(link);
            var row = LinkRow.From(changed);
            if (ShortCode.Of(link) == ShortCode.Of(changed))
            {
                if (await tables.Workspaces.TryUpdateAsync(row, rows.ETag, TableUpdateMode.Replace, cancellationToken) is not null)
                {
                    return changed;
                }
            }
            else if (await codes.MarkAsync(link, cancellationToken) is { } mark
                && await tables.Workspaces.TryUpdateAsync(row, rows.ETag, TableUpdateMode.Replace, cancellationToken) is not null)
            {
                await codes.PublishAsync(changed, mark, cancellationToken);
                return changed;
            }

            await PauseAsync(attempt, cancellationToken);
        }

        throw Contended(id);
    }

    /// <summary>Deletes a link with its tallies and gives it back; null where there is none. Four transactions.</summary>
    public async Task<Link?> DeleteAsync(string workspaceId, Guid id, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var rows = await ReadAsync(workspaceId, id, cancellationToken);
            if (rows?.ToLink() is not { } link)
            {
                return null;
            }

            if (await codes.MarkAsync(link, cancellationToken) is { } mark && await TryDeleteAsync(rows, cancellationToken))
            {
                await codes.RemoveAsync(link, mark, cancellationToken);
                return link;
            }

            await PauseAsync(attempt, cancellationToken);
        }

        throw Contended(id);
    }

    private async Task<bool> TryDeleteAsync(LinkRows rows, CancellationToken cancellationToken)
    {
        var deletions = rows.Tallies.Prepend(rows.Link!)
            .Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, row == rows.Link ? row.ETag : ETag.All));
        try
        {
            foreach (var chunk in deletions.Chunk(TransactionRows))
            {
                await tables.Workspaces.SubmitTransactionAsync(chunk, cancellationToken);
            }

            return true;
        }
        catch (RequestFailedException failure) when (StorageFailure.IsConflict(failure))
        {
            return false;
        }
    }

    private async Task<LinkRows?> ReadAsync(string workspaceId, Guid id, CancellationToken cancellationToken)
    {
        await foreach (var rows in LinkRows.ReadAsync(tables.Workspaces.QueryPrefix(workspaceId, LinkKeys.Link(id), null, cancellationToken)))
        {
            return rows;
        }

        return null;
    }

    private Task PauseAsync(int attempt, CancellationToken cancellationToken) =>
        Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(1, 10 * attempt)), time, cancellationToken);

    private static RequestFailedException Contended(Guid id) => new(503, $"Too many writers of link {id}.");
}
