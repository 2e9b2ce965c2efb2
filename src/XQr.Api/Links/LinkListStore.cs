using Azure;
using Azure.Data.Tables;
using XQr.Api.Storage;

namespace XQr.Api.Links;

/// <summary>
/// Lists links, over the rows that <see cref="LinkStore"/> describes. The numbers of all links and of enabled links are stored: their lists
/// take one transaction for the count, one for each 1,000 skipped links and one for the page. Lists by label and of disabled links use an
/// index: one transaction for each 1,000 matches and one for each link of the page. A text search reads the searched columns of the whole
/// workspace.
/// </summary>
internal sealed class LinkListStore(Tables tables, CountedCommits<LinkUsage> counts)
{
    /// <summary>Matches links only: tallies have no such property.</summary>
    public const string IsLink = "ShortCode ge ''";

    private const int StoragePage = 1_000;
    private const int Parallelism = 16;

    /// <summary>Returns a page of links, newest first, and the number of all matches.</summary>
    public async Task<(IReadOnlyList<Link> Links, int Total)> ListAsync(
        string workspaceId, LinkFilter filter, Page page, CancellationToken cancellationToken)
    {
        if (filter is { Label: null, Text: null, Enabled: null or true })
        {
            var enabledOnly = filter.Enabled == true;
            var counting = counts.FindAsync(workspaceId, cancellationToken);
            var links = await WalkAsync(workspaceId, enabledOnly, page, cancellationToken);
            var usage = await counting;
            return (links, enabledOnly ? usage.Links - usage.Disabled : usage.Links);
        }

        var found = await FindAsync(workspaceId, filter, cancellationToken);
        return (await LoadAsync(workspaceId, [.. found.Skip(page.Offset).Take(page.Limit)], cancellationToken), found.Count);
    }

    /// <summary>Returns the newest links and the counts of all. Costs two transactions.</summary>
    public async Task<(IReadOnlyList<Link> Links, LinkUsage Usage)> ListNewestAsync(
        string workspaceId, int count, CancellationToken cancellationToken)
    {
        var counting = counts.FindAsync(workspaceId, cancellationToken);
        var links = await WalkAsync(workspaceId, enabledOnly: false, new(count), cancellationToken);
        return (links, await counting);
    }

    private async Task<IReadOnlyList<Link>> WalkAsync(string workspaceId, bool enabledOnly, Page page, CancellationToken cancellationToken)
    {
        var after = LinkKeys.Prefix;
        if (page.Offset > 0)
        {
            var skipped = KeysAsync(workspaceId, LinkKeys.Prefix, enabledOnly ? "Enabled eq true" : IsLink, cancellationToken);
            if (await skipped.Skip(page.Offset - 1).FirstOrDefaultAsync(cancellationToken) is not { } last)
            {
                return [];
            }

            after = LinkKeys.After(last);
        }

        // A link has one or two tallies, so one transaction usually returns the page.
        var rows = tables.Workspaces.QueryAsync<TableEntity>(
            TableEntities.Between(workspaceId, after, LinkKeys.After(LinkKeys.Prefix)),
            Math.Min(StoragePage, (page.Limit * 3) + 10),
            cancellationToken: cancellationToken);
        return await LinkRows.ReadAsync(rows).Select(row => row.ToLink()).OfType<Link>()
            .Where(link => !enabledOnly || link.Enabled).Take(page.Limit).ToListAsync(cancellationToken);
    }

    /// <summary>Returns the keys of all matching links in order.</summary>
    private async Task<IReadOnlyList<string>> FindAsync(string workspaceId, LinkFilter filter, CancellationToken cancellationToken)
    {
        var enabled = filter.Enabled is { } value ? $"Enabled eq {(value ? "true" : "false")}" : null;
        var indexed = filter.Label is null && filter.Enabled != false
            ? null
            : await KeysAsync(workspaceId, filter.Label is null ? LinkKeys.Disabled : LinkKeys.Label(filter.Label), enabled, cancellationToken)
                .Select(LinkKeys.OfIndexed).ToListAsync(cancellationToken);
        if (filter.Text is not { } text)
        {
            return indexed!;
        }

        var wanted = indexed?.ToHashSet(StringComparer.Ordinal);
        return await QueryAsync(workspaceId, LinkKeys.Prefix, enabled ?? IsLink, ["RowKey", "ShortCode", "Destination"], cancellationToken)
            .Where(row => Has(row, "ShortCode", text) || Has(row, "Destination", text))
            .Select(row => row.RowKey)
            .Where(key => wanted is null || wanted.Contains(key))
            .ToListAsync(cancellationToken);
    }

    /// <summary>Returns links by their keys, without links that were deleted since.</summary>
    private async Task<IReadOnlyList<Link>> LoadAsync(string workspaceId, string[] keys, CancellationToken cancellationToken)
    {
        var links = await keys.ReadEachAsync(
            Parallelism, async (key, token) => (await LinkRows.FindAsync(tables.Workspaces, workspaceId, key, token))?.ToLink(), cancellationToken);
        return [.. links.OfType<Link>()];
    }

    private IAsyncEnumerable<string> KeysAsync(string workspaceId, string prefix, string? filter, CancellationToken cancellationToken) =>
        QueryAsync(workspaceId, prefix, filter, ["RowKey"], cancellationToken).Select(row => row.RowKey);

    private AsyncPageable<TableEntity> QueryAsync(
        string workspaceId, string prefix, string? filter, string[] select, CancellationToken cancellationToken) =>
        tables.Workspaces.QueryAsync<TableEntity>(
            TableEntities.Between(workspaceId, prefix, LinkKeys.After(prefix)) + (filter is null ? "" : $" and {filter}"),
            StoragePage,
            select,
            cancellationToken);

    private static bool Has(TableEntity row, string property, string text) =>
        row.GetString(property).Contains(text, StringComparison.OrdinalIgnoreCase);
}
