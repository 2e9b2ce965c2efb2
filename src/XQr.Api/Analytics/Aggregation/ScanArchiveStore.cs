using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using XQr.Api.Analytics.Quarantine;
using XQr.Api.Links;
using XQr.Api.Storage;

namespace XQr.Api.Analytics.Aggregation;

/// <summary>
/// The archive: scans that are counted in the statistics, one by one, for export, as long as <see cref="ScanOptions.RawRetentionDays"/> says.
/// Table <c>Workspaces</c>, partition = workspace id, row <c>z{yyyyMMddHH}{number}</c>: Data0, … (<see cref="ScanBatchFormat"/>), those of
/// an hour about in the order of time. Scans of deleted links aren't shown, and the maintenance takes them away. As any change of statistics,
/// that is committed together with the ledger, since who folds adds to a row as it is known.
/// </summary>
internal sealed class ScanArchiveStore(Tables tables, QuarantineStore quarantine, UnreadableRows unreadable, TimeProvider time)
{
    private const int TransactionRows = 100;

    /// <summary>Scans of a time, by hour and about in the order of time: a stream of which no more than some thousand are in memory.</summary>
    /// <param name="workspaceId">The workspace. What is still to be folded is left out.</param>
    /// <param name="from">The beginning.</param>
    /// <param name="to">The end, which doesn't belong to it.</param>
    /// <param name="includeBots">Whether the scans of bots are among them.</param>
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

    /// <summary>Counts scans until they are too many, bots and the scans of all links included. One transaction a thousand rows.</summary>
    /// <param name="workspaceId">The workspace.</param>
    /// <param name="from">The beginning.</param>
    /// <param name="to">The end, which isn't included.</param>
    /// <param name="max">How many scans there may be.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>The UTC day of the scan that is one too many; null where there are no more than <paramref name="max"/>.</returns>
    public async Task<DateOnly?> FindDayOfExcessAsync(string workspaceId, DateTimeOffset from, DateTimeOffset to, int max, CancellationToken cancellationToken)
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

    /// <summary>Removes what is older than a time. One transaction a thousand rows to find, and one a hundred rows to remove.</summary>
    public async Task RemoveAsync(string workspaceId, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var rows = await RowsAsync(workspaceId, "z", KeyOf(before, ""), ["PartitionKey", "RowKey"], cancellationToken).ToListAsync(cancellationToken);
        foreach (var chunk in rows.Chunk(TransactionRows))
        {
            await tables.Workspaces.TryTransactAsync(
                chunk.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All)), cancellationToken);
        }
    }

    /// <summary>
    /// Takes away the scans of links that are erased from the statistics. One transaction for up to twenty rows to read, one for the ledger, and
    /// one for each row with such scans. Where it is broken off, it is to be done again. A row that cannot be read is moved to the quarantine.
    /// </summary>
    public async Task EraseAsync(string workspaceId, IReadOnlySet<Guid> links, CancellationToken cancellationToken)
    {
        var rows = new StatisticsRows(tables.Workspaces, workspaceId);
        await foreach (var row in RowsAsync(workspaceId, "z", "z~", null, cancellationToken))
        {
            if (ScanBatchFormat.TryRead(row.GetBytes("Data"), out _, out var failure))
            {
                await EraseAsync(rows, row, links, cancellationToken);
            }
            else
            {
                await quarantine.AddAsync(workspaceId, row, failure, cancellationToken);
            }
        }
    }

    /// <summary>The key of an hour's row.</summary>
    public static string KeyOf(DateTimeOffset hour, int number) => KeyOf(hour, number.ToString("000000", CultureInfo.InvariantCulture));

    private async Task EraseAsync(StatisticsRows rows, TableEntity? row, IReadOnlySet<Guid> links, CancellationToken cancellationToken)
    {
        for (var conflicts = 0; row?.GetBytes("Data") is { } data && ScanBatchFormat.ReadLinks(data).Any(links.Contains);)
        {
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

            if (await rows.TryCommitAsync(changes, cancellationToken))
            {
                return;
            }

            await time.PauseAfterConflictAsync(++conflicts, cancellationToken);
            row = await tables.Workspaces.FindAsync(rows.WorkspaceId, row.RowKey, cancellationToken);
        }
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
