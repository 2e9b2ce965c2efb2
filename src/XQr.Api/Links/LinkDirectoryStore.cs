using Azure.Data.Tables;
using XQr.Api.Storage;

namespace XQr.Api.Links;

/// <summary>Reads many links at once, over the rows that <see cref="LinkStore"/> describes.</summary>
internal sealed class LinkDirectoryStore(Tables tables, CountedCommits<LinkUsage> counts)
{
    private const int StoragePage = 1_000;
    private const int Parallelism = 16;
    private const string IsLabelled = "Labels gt ''";

    private static readonly string[] Columns = ["Id", "ShortCode", "Destination", "Labels"];

    /// <summary>
    /// Returns links by their ids, without missing links. Takes two transactions if the workspace has at most 1,000 links, otherwise one
    /// and another for each link: a query for some keys of many would read all rows between them.
    /// </summary>
    public async Task<IReadOnlyList<LinkEntry>> FindAsync(string workspaceId, IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        if ((await counts.FindAsync(workspaceId, cancellationToken)).Links <= StoragePage)
        {
            var wanted = ids.ToHashSet();
            return [.. (await AllAsync(workspaceId, cancellationToken)).Where(link => wanted.Contains(link.Id))];
        }

        var links = await ids.ReadEachAsync(
            Parallelism,
            async (id, token) => await tables.Workspaces.FindAsync(workspaceId, LinkKeys.Link(id), token) is { } row ? ToEntry(row) : null,
            cancellationToken);
        return [.. links.OfType<LinkEntry>()];
    }

    /// <summary>Returns the links with labels. Takes one transaction for each 1,000.</summary>
    public Task<IReadOnlyList<LinkEntry>> LabelledAsync(string workspaceId, CancellationToken cancellationToken) =>
        QueryAsync(workspaceId, IsLabelled, cancellationToken);

    /// <summary>Returns all links. Takes one transaction for each 1,000.</summary>
    public Task<IReadOnlyList<LinkEntry>> AllAsync(string workspaceId, CancellationToken cancellationToken) =>
        QueryAsync(workspaceId, LinkListStore.IsLink, cancellationToken);

    private async Task<IReadOnlyList<LinkEntry>> QueryAsync(string workspaceId, string condition, CancellationToken cancellationToken)
    {
        var rows = tables.Workspaces.QueryAsync<TableEntity>(
            $"{TableEntities.Between(workspaceId, LinkKeys.Prefix, LinkKeys.After(LinkKeys.Prefix))} and {condition}",
            select: Columns,
            cancellationToken: cancellationToken);
        return await rows.Select(ToEntry).OfType<LinkEntry>().ToListAsync(cancellationToken);
    }

    /// <summary>Returns the link, or null for a fence.</summary>
    private static LinkEntry? ToEntry(TableEntity row) => row.GetGuid("Id") is not { } id
        ? null
        : new(
            id, row.GetString("ShortCode"), row.GetString("Destination"), row.GetString("Labels").Split('\n', StringSplitOptions.RemoveEmptyEntries));
}

/// <summary>The identifying properties of a link, without its state and scans.</summary>
internal sealed record LinkEntry(Guid Id, string ShortCode, string Destination, IReadOnlyList<string> Labels);
