using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using XQr.Api.Analytics.Scans;
using XQr.Api.Storage;

namespace XQr.Api.Analytics.Quarantine;

/// <summary>
/// Stores rows of scans that cannot be read, because they are damaged or have an unknown format version. Table <c>Workspaces</c>,
/// partition = workspace id, row <c>j{row key}</c>: the unchanged row. One transaction moves it there, so that it neither blocks other rows nor
/// counts twice.
/// </summary>
internal sealed partial class QuarantineStore(Tables tables, ScanMetrics metrics, ILogger<QuarantineStore> logger)
{
    private const string Prefix = "j";

    /// <summary>Moves a row to the quarantine, unless another instance has changed it. One transaction.</summary>
    public async Task AddAsync(string workspaceId, TableEntity row, Exception reason, CancellationToken cancellationToken)
    {
        if (await TryMoveAsync(workspaceId, row, Prefix + row.RowKey, TableTransactionActionType.UpsertReplace, cancellationToken))
        {
            metrics.AddUnreadableBatch();
            Log.Quarantined(logger, row.RowKey, workspaceId, reason);
        }
    }

    /// <summary>Returns the original keys of a workspace's rows. One transaction for each thousand.</summary>
    public IAsyncEnumerable<string> ListAsync(string workspaceId, CancellationToken cancellationToken) =>
        tables.Workspaces.QueryPrefix(workspaceId, Prefix, ["RowKey"], cancellationToken).Select(row => row.RowKey[Prefix.Length..]);

    /// <summary>Moves a row back if it can be read. Two transactions.</summary>
    /// <returns>True if the row was moved.</returns>
    public async Task<bool> TryRestoreAsync(string workspaceId, string rowKey, CancellationToken cancellationToken) =>
        await tables.Workspaces.FindAsync(workspaceId, Prefix + rowKey, cancellationToken) is { } row
        && ScanBatchFormat.TryRead(row.GetBytes("Data"), out _, out _)
        && await TryMoveAsync(workspaceId, row, rowKey, TableTransactionActionType.Add, cancellationToken);

    private async Task<bool> TryMoveAsync(
        string workspaceId, TableEntity row, string newKey, TableTransactionActionType action, CancellationToken cancellationToken)
    {
        var copy = new TableEntity(row) { PartitionKey = workspaceId, RowKey = newKey };
        return await tables.Workspaces.TryTransactAsync(
            [new(TableTransactionActionType.Delete, row, row.ETag), new(action, copy)], cancellationToken) is not null;
    }

    private static partial class Log
    {
        [LoggerMessage(
            1,
            LogLevel.Error,
            "The row {RowKey} of workspace {WorkspaceId} cannot be read and was moved to the quarantine; its scans are not counted. "
            + "See the runbook, scans-quarantined.")]
        public static partial void Quarantined(ILogger logger, string rowKey, string workspaceId, Exception exception);
    }
}
