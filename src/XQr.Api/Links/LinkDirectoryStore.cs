using Azure.Data.Tables;
using XQr.Api.Storage;

namespace XQr.Api.Links;

/// <summary>What is asked about many links at once, over the rows that <see cref="LinkStore"/> describes.</summary>
internal sealed class LinkDirectoryStore(Tables tables, CountedCommits<LinkUsage> counts)
{
    private const int StoragePage = 1_000;
    private const int Parallelism = 16;
    private const string IsLabelled = "Labels gt ''";

    private static readonly string[] Columns = ["Id", "ShortCode", "Destination", "Labels"];

    /// <summary>
    /// Links by their ids; those that are not there are left out. Two transactions where the workspace has at most a thousand links, else
    /// one and another for each: to look for some keys among many, storage would read all that lies between.
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

    /// <summary>The links that have labels. One transaction a thousand.</summary>
    public Task<IReadOnlyList<LinkEntry>> LabelledAsync(string workspaceId, CancellationToken cancellationToken) =>
        QueryAsync(workspaceId, IsLabelled, cancellationToken);

    /// <summary>All links. One transaction a thousand.</summary>
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

    /// <summary>Null for a fence.</summary>
    private static LinkEntry? ToEntry(TableEntity row) => row.GetGuid("Id") is not { } id
        ? null
        : new(id, row.GetString("ShortCode"), row.GetString("Destination"), row.GetString("Labels").Split('\n', StringSplitOptions.RemoveEmptyEntries));
}
