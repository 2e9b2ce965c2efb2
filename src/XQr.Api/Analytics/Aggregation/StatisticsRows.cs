using Azure;
using Azure.Data.Tables;
using XQr.Api.Analytics.Statistics;
using XQr.Api.Links;
using XQr.Api.Storage;

namespace XQr.Api.Analytics.Aggregation;

/// <summary>
/// Tracks a workspace's statistics while they are being changed (a unit of work). Each transaction also increments the aggregation version,
/// so it fails if another instance has changed any statistics since they were read. The rows are then read again.
/// </summary>
internal sealed class StatisticsRows(TableClient table, string workspaceId)
{
    /// <summary>The number of a workspace's rows that aggregations and erasures read at the same time.</summary>
    public const int Parallelism = 16;

    /// <summary>The maximum number of links in memory: each takes about 5 KB, and more with its visitors.</summary>
    private const int MaxLinks = 2_000;

    private (long Sequence, ETag? Version)? aggregationVersion;
    private DayRows? day;
    private ErasedLinks? erased;

    /// <summary>Gets or sets the archive row that was written last.</summary>
    public ArchivedHour? Archive { get; set; }

    /// <summary>Gets the id of the workspace.</summary>
    public string WorkspaceId => workspaceId;

    /// <summary>Discards all rows, so that they are read again.</summary>
    public void Forget() => (aggregationVersion, day, erased, Archive) = (null, null, null, null);

    /// <summary>Discards the uncommitted changes of the day, and keeps the aggregation version.</summary>
    public void ForgetDay() => (day, Archive) = (null, null);

    /// <summary>
    /// Reads the aggregation version unless it is loaded. Rows that are read afterwards are at least as new. If an earlier version has changed
    /// the statistics, it has marked no periods, so all are marked.
    /// </summary>
    public async Task LoadAggregationVersionAsync(CancellationToken cancellationToken)
    {
        if (aggregationVersion is null)
        {
            var row = await table.FindAsync(workspaceId, StatisticsKeys.AggregationVersion, cancellationToken);
            if (!LinkPeriodStore.IsTrusted(row))
            {
                await LinkPeriodStore.MarkAllAsync(table, workspaceId, cancellationToken);
            }

            aggregationVersion = (row?.GetInt64("Sequence") ?? 0, row?.ETag);
        }
    }

    /// <summary>Reads the rows of a day without those of single links. Two concurrent transactions.</summary>
    public async Task<DayRows> LoadDayAsync(DateOnly of, CancellationToken cancellationToken)
    {
        if (day?.Day != of)
        {
            var row = table.FindAsync(workspaceId, StatisticsKeys.Day(of), cancellationToken);
            var shards = await table.QueryPrefix(workspaceId, StatisticsKeys.Links(of), null, cancellationToken).ToListAsync(cancellationToken);
            day = new(of, await row, shards);
        }

        return day;
    }

    /// <summary>Reads the statistics of links that have any on that day and are not loaded. One transaction each.</summary>
    public async Task LoadLinksAsync(DayRows of, IReadOnlyList<Guid> links, CancellationToken cancellationToken)
    {
        if (of.Links.Count > MaxLinks)
        {
            of.Links.Clear();
        }

        Guid[] unknown = [.. links.Where(link => !of.Links.ContainsKey(link))];
        var rows = await unknown.ReadEachAsync(
            Parallelism,
            async (link, token) => of.LinkCounts.Of(link).Has(link)
                ? await table.FindAsync(workspaceId, StatisticsKeys.LinkDay(link, of.Day), token)
                : null,
            cancellationToken);
        foreach (var (link, row) in unknown.Zip(rows))
        {
            of.Links[link] = new(row, DailyStatisticsRow.LinkValueBytes);
        }
    }

    /// <summary>
    /// Returns the links that are erased. A link with statistics on that day is not erased yet. Usually one transaction; if more than a thousand
    /// links were deleted recently, one for each link that has no statistics on that day yet.
    /// </summary>
    public async Task<HashSet<Guid>> FindErasedAsync(DayRows of, IEnumerable<Guid> links, CancellationToken cancellationToken)
    {
        Guid[] unknown = [.. links.Where(link => !of.LinkCounts.Of(link).Has(link))];
        if (unknown.Length == 0)
        {
            return [];
        }

        erased ??= await ErasedLinks.ReadAsync(table, workspaceId, cancellationToken);
        return await erased.FindAsync(unknown, cancellationToken);
    }

    /// <summary>Adds the increment of the aggregation version to changes.</summary>
    public void WriteAggregationVersion(ChangedRows changes)
    {
        var (sequence, version) = aggregationVersion!.Value;
        changes.Write(
            new(workspaceId, StatisticsKeys.AggregationVersion) { ["Sequence"] = sequence + 1, ["Periods"] = sequence + 1 },
            version,
            next => aggregationVersion = (sequence + 1, next));
    }

    /// <summary>Commits changes, which include the increment of the aggregation version. One transaction.</summary>
    /// <returns>False if another instance changed a row; the changes must be computed again.</returns>
    public async Task<bool> TryCommitAsync(ChangedRows changes, CancellationToken cancellationToken)
    {
        if (await changes.TryCommitAsync(table, cancellationToken))
        {
            return true;
        }

        Forget();
        return false;
    }
}

/// <summary>Represents a row of the archive.</summary>
internal sealed record ArchivedHour(DateTimeOffset Hour, byte[] Data);

/// <summary>Finds erased links. Keeps all markers of deleted links in memory if one page has all of them.</summary>
internal sealed class ErasedLinks(TableClient table, string workspaceId, IReadOnlySet<string> some, bool areAll)
{
    /// <summary>Reads the first page of markers. One transaction.</summary>
    public static async Task<ErasedLinks> ReadAsync(TableClient table, string workspaceId, CancellationToken cancellationToken)
    {
        var page = await table.QueryPrefix(workspaceId, LinkKeys.Erased, ["RowKey"], cancellationToken).AsPages().FirstAsync(cancellationToken);
        return new(table, workspaceId, page.Values.Select(row => row.RowKey).ToHashSet(StringComparer.Ordinal), page.ContinuationToken is null);
    }

    /// <summary>Gets whether all markers are in memory, so that no look-up reads a row.</summary>
    public bool AreAll => areAll;

    /// <summary>Returns which of the links are erased.</summary>
    public async Task<HashSet<Guid>> FindAsync(Guid[] links, CancellationToken cancellationToken)
    {
        if (areAll)
        {
            return [.. links.Where(link => some.Contains(LinkKeys.ErasedLink(link)))];
        }

        var rows = await links.ReadEachAsync(
            StatisticsRows.Parallelism, (link, token) => table.FindAsync(workspaceId, LinkKeys.ErasedLink(link), token), cancellationToken);
        return [.. links.Where((_, index) => rows[index] is not null)];
    }
}
