using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using XQr.Api.Analytics.Quarantine;
using XQr.Api.Analytics.Scans;
using XQr.Api.Links;
using XQr.Api.Storage;
using XQr.Api.Work;

namespace XQr.Api.Analytics.Aggregation;

/// <summary>
/// Stores the archive: single scans that are counted in the statistics, kept for export for <see cref="ScanOptions.RawRetentionDays"/>.
/// Table <c>Workspaces</c>, partition = workspace id, row <c>z{yyyyMMddHH}{number}</c>: Data0, … (<see cref="ScanBatchFormat"/>), the scans of
/// an hour approximately ordered by time. Scans of deleted links are hidden until the maintenance removes them. Their removal increments the
/// aggregation version like any change of statistics, because an aggregation appends to the row that it has read.
/// </summary>
internal sealed class ScanArchiveStore(Tables tables, QuarantineStore quarantine, UnreadableRows unreadable, TimeProvider time)
{
    private const int TransactionRows = 100;

    /// <summary>Streams scans, approximately ordered by time. At most some thousand scans are in memory.</summary>
    /// <param name="workspaceId">The workspace. Pending scans are not included.</param>
    /// <param name="from">The inclusive start time.</param>
    /// <param name="to">The exclusive end time.</param>
    /// <param name="includeBots">True to include the scans of bots.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public async IAsyncEnumerable<Scan> ReadAsync(
        string workspaceId, DateTimeOffset from, DateTimeOffset to, bool includeBots, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var erased = await tables.Workspaces.QueryPrefix(workspaceId, LinkKeys.Erased, ["RowKey"], cancellationToken)
            .Select(row => row.RowKey).ToHashSetAsync(StringComparer.Ordinal, cancellationToken: cancellationToken);
        await foreach (var row in RowsAsync(workspaceId, KeyOf(from, ""), KeyOf(to, "~"), null, cancellationToken))
        {
            if (!ScanBatchFormat.TryRead(row.GetBytes("Data"), out var scans, out var failure))
            {
                unreadable.Report(workspaceId, row.RowKey, failure);
                continue;
            }

            foreach (var scan in scans)
            {
                if (scan.At >= from && scan.At < to && (includeBots || !scan.IsBot) && !erased.Contains(LinkKeys.ErasedLink(scan.LinkId)))
                {
                    yield return scan;
                }
            }
        }
    }

    /// <summary>
    /// Counts scans, including those of bots and of all links, until they exceed a maximum. One transaction for each thousand rows.
    /// </summary>
    /// <param name="workspaceId">The workspace.</param>
    /// <param name="from">The inclusive start time.</param>
    /// <param name="to">The exclusive end time.</param>
    /// <param name="max">The maximum number of scans.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>The UTC day of the first scan above the maximum; null if there are no more than <paramref name="max"/>.</returns>
    public async Task<DateOnly?> FindDayOfExcessAsync(
        string workspaceId, DateTimeOffset from, DateTimeOffset to, int max, CancellationToken cancellationToken)
    {
        var count = 0L;
        await foreach (var row in RowsAsync(workspaceId, KeyOf(from, ""), KeyOf(to, ""), ["RowKey", "Scans"], cancellationToken))
        {
            count += row.GetInt32("Scans") ?? 0;
            if (count > max)
            {
                return DateOnly.ParseExact(row.RowKey.AsSpan(1, 8), "yyyyMMdd", CultureInfo.InvariantCulture);
            }
        }

        return null;
    }

    /// <summary>Removes scans before a time. One transaction for each thousand rows to find, and one for each hundred rows to remove.</summary>
    /// <returns>False if the time was used up.</returns>
    public async Task<bool> RemoveAsync(string workspaceId, DateTimeOffset before, WorkBudget budget, CancellationToken cancellationToken)
    {
        var rows = RowsAsync(workspaceId, "z", KeyOf(before, ""), ["PartitionKey", "RowKey"], cancellationToken);
        await foreach (var chunk in rows.Chunk(TransactionRows).WithCancellation(cancellationToken))
        {
            await tables.Workspaces.TryTransactAsync(
                chunk.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All)), cancellationToken);
            if (budget.IsUsedUp)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Removes the scans of links that are erased from the statistics. One transaction to read up to twenty rows, one for the aggregation
    /// version, and one for each row with such scans. An unreadable row is moved to the quarantine.
    /// </summary>
    /// <param name="workspaceId">The workspace.</param>
    /// <param name="links">The links.</param>
    /// <param name="after">The row after which to begin; empty for all. An interrupted call must be repeated with the same row.</param>
    /// <param name="budget">The time.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>Null if all rows are done, or the last one that is done.</returns>
    public async Task<string?> EraseAsync(
        string workspaceId, IReadOnlySet<Guid> links, string after, WorkBudget budget, CancellationToken cancellationToken)
    {
        var rows = new StatisticsRows(tables.Workspaces, workspaceId);
        await foreach (var row in RowsAsync(workspaceId, after.Length > 0 ? $"{after}!" : "z", "z~", null, cancellationToken))
        {
            if (ScanBatchFormat.TryRead(row.GetBytes("Data"), out _, out var failure))
            {
                await EraseAsync(rows, row, links, cancellationToken);
            }
            else
            {
                await quarantine.AddAsync(workspaceId, row, failure, cancellationToken);
            }

            if (budget.IsUsedUp)
            {
                return row.RowKey;
            }
        }

        return null;
    }

    /// <summary>Returns the key of an hour's row.</summary>
    public static string KeyOf(DateTimeOffset hour, int number) => KeyOf(hour, number.ToString("000000", CultureInfo.InvariantCulture));

    private async Task EraseAsync(StatisticsRows rows, TableEntity found, IReadOnlySet<Guid> links, CancellationToken cancellationToken)
    {
        TableEntity? row = found;
        await time.RetryAsync($"the scans of workspace {rows.WorkspaceId}", TryEraseRowAsync, cancellationToken);

        async Task<bool?> TryEraseRowAsync()
        {
            row ??= await tables.Workspaces.FindAsync(rows.WorkspaceId, found.RowKey, cancellationToken);
            if (row is null || await TryEraseAsync(rows, row, links, cancellationToken))
            {
                return true;
            }

            row = null;
            return null;
        }
    }

    /// <summary>Removes the scans of links from a row.</summary>
    /// <returns>False if another instance changed the row or the statistics.</returns>
    private static async Task<bool> TryEraseAsync(
        StatisticsRows rows, TableEntity row, IReadOnlySet<Guid> links, CancellationToken cancellationToken)
    {
        var data = row.GetBytes("Data");
        if (!ScanBatchFormat.ReadLinks(data).Any(links.Contains))
        {
            return true;
        }

        await rows.LoadAggregationVersionAsync(cancellationToken);
        Scan[] left = [.. ScanBatchFormat.Read(data).Where(scan => !links.Contains(scan.LinkId))];
        var changes = new ChangedRows(rows.WorkspaceId);
        rows.WriteAggregationVersion(changes);
        if (left.Length > 0)
        {
            changes.Replace(ScanStore.ToRow(rows.WorkspaceId, row.RowKey, ScanBatchFormat.Write(left), left.Length), row.ETag);
        }
        else
        {
            changes.Remove(row.RowKey, row.ETag);
        }

        return await rows.TryCommitAsync(changes, cancellationToken);
    }

    private static string KeyOf(DateTimeOffset hour, string end) => $"z{hour.UtcDateTime.ToString("yyyyMMddHH", CultureInfo.InvariantCulture)}{end}";

    private AsyncPageable<TableEntity> RowsAsync(
        string workspaceId, string first, string end, IEnumerable<string>? select, CancellationToken cancellationToken) =>
        tables.Workspaces.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {workspaceId} and RowKey ge {first} and RowKey lt {end}"),
            maxPerPage: select is null ? 20 : null,
            select: select,
            cancellationToken: cancellationToken);
}
