using Azure;
using Azure.Data.Tables;
using XQr.Api.Storage;

namespace XQr.Api.Analytics.Aggregation;

/// <summary>
/// Collects changes of a workspace's rows and commits them in one transaction. The transaction fails if any of the rows was changed in the
/// meantime.
/// </summary>
internal sealed class ChangedRows(string workspaceId)
{
    /// <summary>A transaction has at most 4 MiB, including the overhead of the protocol.</summary>
    private const int MaxBytes = 3 * 1024 * 1024;

    /// <summary>A transaction has at most 100 rows.</summary>
    private const int MaxRows = 100;

    private readonly List<TableTransactionAction> actions = [];
    private readonly List<Action<ETag>?> onCommitted = [];
    private int bytes;

    /// <summary>Gets whether the changes fit in one transaction.</summary>
    public bool FitsTransaction => bytes <= MaxBytes && actions.Count <= MaxRows;

    /// <summary>Sets properties of a row and keeps its other properties.</summary>
    /// <param name="row">The properties.</param>
    /// <param name="version">The expected version of the row; null if the row must not exist.</param>
    /// <param name="committed">A callback that receives the new version.</param>
    public void Write(TableEntity row, ETag? version, Action<ETag> committed)
    {
        bytes += row.RequestSize();
        onCommitted.Add(committed);
        actions.Add(version is null ? new(TableTransactionActionType.Add, row) : new(TableTransactionActionType.UpdateMerge, row, version.Value));
    }

    /// <summary>Adds or replaces a row.</summary>
    /// <inheritdoc cref="Write"/>
    public void Replace(TableEntity row, ETag? version, Action<ETag> committed)
    {
        bytes += row.RequestSize();
        onCommitted.Add(committed);
        actions.Add(version is null ? new(TableTransactionActionType.Add, row) : new(TableTransactionActionType.UpdateReplace, row, version.Value));
    }

    /// <summary>Adds or replaces a row, whatever its version is.</summary>
    public void Put(TableEntity row)
    {
        bytes += row.RequestSize();
        onCommitted.Add(null);
        actions.Add(new(TableTransactionActionType.UpsertReplace, row));
    }

    /// <summary>Replaces an existing row of the given version.</summary>
    public void Replace(TableEntity row, ETag version)
    {
        bytes += row.RequestSize();
        onCommitted.Add(null);
        actions.Add(new(TableTransactionActionType.UpdateReplace, row, version));
    }

    /// <summary>Removes a row that must exist.</summary>
    public void Remove(string rowKey) => Remove(rowKey, ETag.All);

    /// <summary>Removes a row of the given version.</summary>
    public void Remove(string rowKey, ETag version)
    {
        onCommitted.Add(null);
        actions.Add(new(TableTransactionActionType.Delete, new TableEntity(workspaceId, rowKey), version));
    }

    /// <summary>Commits the changes. One transaction.</summary>
    /// <returns>False if a row had another version; nothing is changed then.</returns>
    public async Task<bool> TryCommitAsync(TableClient table, CancellationToken cancellationToken)
    {
        if (await table.TryTransactAsync(actions, cancellationToken) is not { } versions)
        {
            return false;
        }

        foreach (var (committed, version) in onCommitted.Zip(versions))
        {
            committed?.Invoke(version);
        }

        return true;
    }
}
