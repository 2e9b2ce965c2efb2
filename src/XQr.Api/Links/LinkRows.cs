using Azure;
using Azure.Data.Tables;
using XQr.Api.Storage;

namespace XQr.Api.Links;

/// <summary>The row of a link with its tallies.</summary>
internal sealed class LinkRows
{
    private readonly string key;
    private readonly List<TableEntity> tallies = [];

    private LinkRows(string key) => this.key = key;

    /// <summary>Gets the link, or null if only tallies are left of a link that was deleted during a scan.</summary>
    public TableEntity? Link { get; private init; }

    /// <summary>Gets the rows with scan counts.</summary>
    public IReadOnlyList<TableEntity> Tallies => tallies;

    /// <summary>Gets the version of the link's row.</summary>
    public ETag ETag => Link?.ETag ?? default;

    /// <summary>Returns a link with its tallies, or null if there is neither. Takes one transaction.</summary>
    public static async Task<LinkRows?> FindAsync(TableClient table, string workspaceId, string key, CancellationToken cancellationToken) =>
        await ReadAsync(table.QueryPrefix(workspaceId, key, null, cancellationToken)).FirstOrDefaultAsync(cancellationToken);

    /// <summary>Groups the rows of links, which are sorted by key.</summary>
    public static async IAsyncEnumerable<LinkRows> ReadAsync(AsyncPageable<TableEntity> rows)
    {
        LinkRows? current = null;
        await foreach (var row in rows)
        {
            var isTally = LinkKeys.IsTally(row.RowKey);
            if (current is not null && (!isTally || !row.RowKey.StartsWith(current.key, StringComparison.Ordinal)))
            {
                yield return current;
                current = null;
            }

            current ??= new(row.RowKey[..LinkKeys.Length]) { Link = isTally ? null : row };
            if (isTally)
            {
                current.tallies.Add(row);
            }
        }

        if (current is not null)
        {
            yield return current;
        }
    }

    /// <summary>Returns the link with its scan count, or null if there is only a fence or tallies.</summary>
    public Link? ToLink()
    {
        if (Link is null || LinkRow.ToLink(Link) is not { } link)
        {
            return null;
        }

        var scans = TallyRow.Sum(tallies);
        return link with { ScanCount = scans.Count, LastScanAt = scans.LastAt, RecentScans = scans.Recent };
    }
}
