using Azure.Data.Tables;
using XQr.Api.Analytics.Quarantine;
using XQr.Api.Analytics.Scans;
using XQr.Api.Storage;
using XQr.Api.Work;

namespace XQr.Api.Analytics.Aggregation;

/// <summary>
/// Removes the scans of deleted links from the archive (<see cref="ScanArchiveStore"/>). It increments the aggregation version like any change
/// of statistics, because an aggregation appends to the row that it has read.
/// </summary>
internal sealed class ArchiveErasureStore(Tables tables, ScanArchiveStore archive, QuarantineStore quarantine, TimeProvider time)
{
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
        await foreach (var row in archive.RowsAsync(workspaceId, after.Length > 0 ? $"{after}!" : "z", "z~", null, cancellationToken))
        {
            await EraseAsync(rows, row, links, cancellationToken);
            if (budget.IsUsedUp)
            {
                return row.RowKey;
            }
        }

        return null;
    }

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

    /// <summary>Removes the scans of links from a row. An unreadable row is moved to the quarantine.</summary>
    /// <returns>False if another instance changed the row or the statistics.</returns>
    private async Task<bool> TryEraseAsync(
        StatisticsRows rows, TableEntity row, IReadOnlySet<Guid> links, CancellationToken cancellationToken)
    {
        if (!ScanBatchFormat.TryRead(row.GetBytes("Data"), out var scans, out var failure))
        {
            await quarantine.AddAsync(rows.WorkspaceId, row, failure, cancellationToken);
            return true;
        }

        Scan[] left = [.. scans.Where(scan => !links.Contains(scan.LinkId))];
        if (left.Length == scans.Count)
        {
            return true;
        }

        await rows.LoadAggregationVersionAsync(cancellationToken);
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
}
