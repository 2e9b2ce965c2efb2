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
/// an hour approximately ordered by time. Scans of deleted links are hidden until
/// <see cref="ArchiveErasureStore"/> removes them.
/// </summary>
internal sealed class ScanArchiveStore(Tables tables, UnreadableRows unreadable)
{
    private const int TransactionRows = 100;

    /// <summary>The maximum size of the archived rows that are read together with pending batches, about half a million scans.</summary>
    private const long MaxBytesWithPending = 8 * 1024 * 1024;

    /// <summary>Streams scans, approximately ordered by time. At most some thousand scans are in memory.</summary>
    /// <param name="workspaceId">The workspace.</param>
    /// <param name="range">The times.</param>
    /// <param name="pending">The pending scans with the archived ones of their hours; null for the archive alone.</param>
    /// <param name="includeBots">True to include the scans of bots.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public async IAsyncEnumerable<Scan> ReadAsync(
        string workspaceId, TimeRange range, HourRows? pending, bool includeBots, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var erased = await tables.Workspaces.QueryPrefix(workspaceId, LinkKeys.Erased, ["RowKey"], cancellationToken)
            .Select(row => row.RowKey).ToHashSetAsync(StringComparer.Ordinal, cancellationToken: cancellationToken);
        var rows = pending is null
            ? DataAsync(workspaceId, range, cancellationToken)
            : DataAsync(workspaceId, range with { To = pending.Range.From }, cancellationToken)
                .Concat(pending.Rows.ToAsyncEnumerable())
                .Concat(DataAsync(workspaceId, range with { From = pending.Range.To }, cancellationToken));
        await foreach (var (rowKey, data) in rows.WithCancellation(cancellationToken))
        {
            if (!ScanBatchFormat.TryRead(data, out var scans, out var failure))
            {
                unreadable.Report(workspaceId, rowKey, failure);
                continue;
            }

            foreach (var scan in scans)
            {
                if (range.Contains(scan.At) && (includeBots || !scan.IsBot) && !erased.Contains(LinkKeys.ErasedLink(scan.LinkId)))
                {
                    yield return scan;
                }
            }
        }
    }

    /// <summary>
    /// Reads the archived rows of the hours of pending batches, and adds the batches to them. An aggregation moves batches to these rows, so
    /// the caller must check that the batches are still pending afterwards. One transaction for each twenty rows.
    /// </summary>
    /// <param name="workspaceId">The workspace.</param>
    /// <param name="batches">The batches, at least one, ordered by hour.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>The rows, without the hours from which on they would exceed the limit of bytes.</returns>
    public async Task<HourRows> ReadWithPendingAsync(
        string workspaceId, IReadOnlyList<PendingBatch> batches, CancellationToken cancellationToken)
    {
        var range = new TimeRange(batches[0].Hour, batches[^1].Hour.AddHours(1));
        var rows = new List<(string RowKey, byte[] Data)>();
        var bytes = 0L;
        await foreach (var row in DataAsync(workspaceId, range, cancellationToken))
        {
            bytes += row.Data.Length;
            if (bytes > MaxBytesWithPending)
            {
                range = range with { To = PendingBatch.HourOf(row.RowKey) };
                break;
            }

            rows.Add(row);
        }

        var all = rows.Concat(batches.Select(batch => (batch.RowKey, batch.Data))).Where(row => range.Contains(PendingBatch.HourOf(row.RowKey)));
        return new(range, [.. all.OrderBy(row => PendingBatch.HourOf(row.RowKey))]);
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

    /// <summary>Returns the key of an hour's row.</summary>
    public static string KeyOf(DateTimeOffset hour, int number) => KeyOf(hour, number.ToString("000000", CultureInfo.InvariantCulture));

    /// <summary>Returns rows in the order of their keys, twenty in a page if whole rows are asked for.</summary>
    internal AsyncPageable<TableEntity> RowsAsync(
        string workspaceId, string first, string end, IEnumerable<string>? select, CancellationToken cancellationToken) =>
        tables.Workspaces.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {workspaceId} and RowKey ge {first} and RowKey lt {end}"),
            maxPerPage: select is null ? 20 : null,
            select: select,
            cancellationToken: cancellationToken);

    /// <summary>Returns the rows of some hours in the order of their keys, twenty in a page if whole rows are asked for.</summary>
    internal AsyncPageable<TableEntity> RowsAsync(
        string workspaceId, TimeRange range, IEnumerable<string>? select, CancellationToken cancellationToken) =>
        RowsAsync(workspaceId, KeyOf(range.From, ""), KeyOf(range.To, ""), select, cancellationToken);

    private IAsyncEnumerable<(string RowKey, byte[] Data)> DataAsync(string workspaceId, TimeRange range, CancellationToken cancellationToken) =>
        RowsAsync(workspaceId, range, null, cancellationToken).Select(row => (row.RowKey, row.GetBytes("Data")));

    private static string KeyOf(DateTimeOffset hour, string end) => $"z{hour.UtcDateTime.ToString("yyyyMMddHH", CultureInfo.InvariantCulture)}{end}";
}
