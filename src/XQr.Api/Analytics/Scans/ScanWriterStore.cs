using Azure;
using Azure.Data.Tables;
using XQr.Api.Storage;

namespace XQr.Api.Analytics.Scans;

/// <summary>
/// Stores the last batch of each writer of scans. Table <c>Workspaces</c>, partition = workspace id, row <c>r{writer}</c>: Batch, the id of
/// the batch.
/// </summary>
/// <remarks>
/// The transaction that stores a batch also writes this row, on the condition that it is as the writer knows it. A writer that got no
/// answer can therefore tell whether its batch was stored, even if another instance has aggregated the batch and removed its row since;
/// and an attempt that reaches storage late changes nothing. A row that has not changed for <see cref="Retention"/> is removed.
/// </remarks>
internal sealed class ScanWriterStore(Tables tables)
{
    /// <summary>The time for which a row is kept after its last change, and for which a writer may therefore retry a batch.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(7);

    private const string Prefix = "r";
    private const int TransactionRows = 100;

    /// <summary>Creates the action that records a batch as the last one of its writer.</summary>
    public static TableTransactionAction ToAction(string workspaceId, WriterTallies writer, string batchId)
    {
        var row = new TableEntity(workspaceId, Prefix + writer.Name) { ["Batch"] = batchId };
        return writer.Version is null
            ? new(TableTransactionActionType.Add, row)
            : new(TableTransactionActionType.UpdateReplace, row, new ETag(writer.Version));
    }

    /// <summary>
    /// Returns whether a batch is the last one that its writer stored, and updates the version that the writer knows. One transaction.
    /// </summary>
    public async Task<bool> IsLastAsync(string workspaceId, WriterTallies writer, string batchId, CancellationToken cancellationToken)
    {
        var row = await tables.Workspaces.FindAsync(workspaceId, Prefix + writer.Name, cancellationToken);
        writer.Version = row?.ETag.ToString();
        return row?.GetString("Batch") == batchId;
    }

    /// <summary>Removes the rows that have not changed since a time. One transaction, and one for each hundred rows.</summary>
    public async Task RemoveAsync(string workspaceId, DateTimeOffset unchangedSince, CancellationToken cancellationToken)
    {
        var rows = await tables.Workspaces.QueryPrefix(workspaceId, Prefix, ["PartitionKey", "RowKey", "Timestamp"], cancellationToken)
            .Where(row => row.Timestamp < unchangedSince).ToListAsync(cancellationToken);
        foreach (var chunk in rows.Chunk(TransactionRows))
        {
            // A row that its writer changes meanwhile stays, and the others are removed next time.
            await tables.Workspaces.TryTransactAsync(
                chunk.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, row.ETag)), cancellationToken);
        }
    }
}
