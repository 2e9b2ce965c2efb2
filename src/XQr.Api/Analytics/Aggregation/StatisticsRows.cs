using Azure;
using Azure.Data.Tables;
using XQr.Api.Analytics.Statistics;
using XQr.Api.Links;
using XQr.Api.Storage;

namespace XQr.Api.Analytics.Aggregation;

/// <summary>
/// What is known of a workspace's statistics while they are being changed. Each change is committed together with the ledger, a row that
/// is as it is known only if nobody else has changed anything; otherwise all is forgotten and read again.
/// </summary>
internal sealed class StatisticsRows(TableClient table, string workspaceId)
{
    /// <summary>How many rows of a workspace folds and erasures read at the same time.</summary>
    public const int Parallelism = 16;

    /// <summary>How many links are known at most: each takes some 5 KB, and more with its visitors.</summary>
    private const int MaxLinks = 2_000;

    private (long Sequence, ETag? Version)? aggregationVersion;
    private DayRows? day;
    private ErasedLinks? erased;

    /// <summary>The archive's row that was written last.</summary>
    public ArchivedHour? Archive { get; set; }

    public string WorkspaceId => workspaceId;

    public void Forget() => (aggregationVersion, day, erased, Archive) = (null, null, null, null);

    /// <summary>Forgets changes of the day that were not committed. What is known of the ledger still holds.</summary>
    public void ForgetDay() => (day, Archive) = (null, null);

    /// <summary>Reads the ledger, unless it is known. What is read afterwards is at least as new.</summary>
    public async Task LoadAggregationVersionAsync(CancellationToken cancellationToken)
    {
        if (aggregationVersion is null)
        {
            var row = await table.FindAsync(workspaceId, StatisticsKeys.AggregationVersion, cancellationToken);
            aggregationVersion = (row?.GetInt64("Sequence") ?? 0, row?.ETag);
        }
    }

    /// <summary>The rows of a day, those of links apart. Two transactions at the same time.</summary>
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

    /// <summary>Reads the statistics of links that have some on that day and aren't known. One transaction each.</summary>
    public async Task LoadLinksAsync(DayRows of, IReadOnlyList<Guid> links, CancellationToken cancellationToken)
    {
        if (of.Links.Count > MaxLinks)
        {
            of.Links.Clear();
        }

        Guid[] unknown = [.. links.Where(link => !of.Links.ContainsKey(link))];
        var rows = await unknown.ReadEachAsync(
            Parallelism,
            async (link, token) => of.LinkCounts.Of(link).Has(link) ? await table.FindAsync(workspaceId, StatisticsKeys.LinkDay(link, of.Day), token) : null,
            cancellationToken);
        foreach (var (link, row) in unknown.Zip(rows))
        {
            of.Links[link] = new(row, StatisticsEntry.OfLink);
        }
    }

    /// <summary>
    /// Which links are erased. A link that has statistics on that day isn't, or is still to be. One transaction as a rule; where a thousand
    /// links were deleted lately, one for each link that has no statistics on that day yet.
    /// </summary>
    public async Task<HashSet<Guid>> FindErasedAsync(DayRows of, IEnumerable<Guid> links, CancellationToken cancellationToken)
    {
        Guid[] unsure = [.. links.Where(link => !of.LinkCounts.Of(link).Has(link))];
        if (unsure.Length == 0)
        {
            return [];
        }

        erased ??= await ErasedLinks.ReadAsync(table, workspaceId, cancellationToken);
        return await erased.AmongAsync(unsure, cancellationToken);
    }

    /// <summary>Adds the ledger to changes.</summary>
    public void WriteAggregationVersion(ChangedRows changes)
    {
        var (sequence, version) = aggregationVersion!.Value;
        changes.Write(
            new(workspaceId, StatisticsKeys.AggregationVersion) { ["Sequence"] = sequence + 1 }, version, next => aggregationVersion = (sequence + 1, next));
    }

    /// <summary>Commits changes, the ledger's among them; false where they must be made anew.</summary>
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

/// <summary>A row of the archive as it was written.</summary>
internal sealed record ArchivedHour(DateTimeOffset Hour, byte[] Data);

/// <summary>The notes of deleted links, if they are few.</summary>
internal sealed class ErasedLinks(TableClient table, string workspaceId, IReadOnlySet<string> some, bool areAll)
{
    public static async Task<ErasedLinks> ReadAsync(TableClient table, string workspaceId, CancellationToken cancellationToken)
    {
        var page = await table.QueryPrefix(workspaceId, LinkKeys.Erased, ["RowKey"], cancellationToken).AsPages().FirstAsync(cancellationToken);
        return new(table, workspaceId, page.Values.Select(row => row.RowKey).ToHashSet(StringComparer.Ordinal), page.ContinuationToken is null);
    }

    public async Task<HashSet<Guid>> AmongAsync(Guid[] links, CancellationToken cancellationToken)
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
