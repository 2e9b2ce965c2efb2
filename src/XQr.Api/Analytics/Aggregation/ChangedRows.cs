using Azure;
using Azure.Data.Tables;
using XQr.Api.Storage;

namespace XQr.Api.Analytics.Aggregation;

/// <summary>Rows of a workspace that are to be changed together: all of them, if nobody else changed any of them meanwhile.</summary>
internal sealed class ChangedRows(string workspaceId)
{
    /// <summary>A transaction has at most 4 MiB, with what surrounds the rows.</summary>
    private const int MaxBytes = 3 * 1024 * 1024;

    private const int MaxRows = 100;

    private readonly List<TableTransactionAction> actions = [];
    private readonly List<Action<ETag>?> written = [];
    private int bytes;

    public bool FitsTransaction => bytes <= MaxBytes && actions.Count <= MaxRows;

    /// <summary>Writes properties of a row, and leaves the others.</summary>
    /// <param name="row">The properties.</param>
    /// <param name="version">The row as it is known; null for one that isn't there.</param>
    /// <param name="then">Takes the new version.</param>
    public void Write(TableEntity row, ETag? version, Action<ETag> then)
    {
        bytes += row.RequestSize();
        written.Add(then);
        actions.Add(version is null ? new(TableTransactionActionType.Add, row) : new(TableTransactionActionType.UpdateMerge, row, version.Value));
    }

    /// <summary>Writes a row as a whole.</summary>
    /// <inheritdoc cref="Write"/>
    public void Replace(TableEntity row, ETag? version, Action<ETag> then)
    {
        bytes += row.RequestSize();
        written.Add(then);
        actions.Add(version is null ? new(TableTransactionActionType.Add, row) : new(TableTransactionActionType.UpdateReplace, row, version.Value));
    }

    /// <summary>Writes a row, whatever was there.</summary>
    public void Put(TableEntity row)
    {
        bytes += row.RequestSize();
        written.Add(null);
        actions.Add(new(TableTransactionActionType.UpsertReplace, row));
    }

    /// <summary>Writes a row that is there, as a whole.</summary>
    public void Replace(TableEntity row, ETag version)
    {
        bytes += row.RequestSize();
        written.Add(null);
        actions.Add(new(TableTransactionActionType.UpdateReplace, row, version));
    }

    /// <summary>Removes a row that must be there.</summary>
    public void Remove(string rowKey) => Remove(rowKey, ETag.All);

    /// <summary>Removes a row as it is known.</summary>
    public void Remove(string rowKey, ETag version)
    {
        written.Add(null);
        actions.Add(new(TableTransactionActionType.Delete, new TableEntity(workspaceId, rowKey), version));
    }

    /// <summary>One transaction; false where somebody else was quicker, and nothing is changed.</summary>
    public async Task<bool> TryCommitAsync(TableClient table, CancellationToken cancellationToken)
    {
        if (await table.TryTransactAsync(actions, cancellationToken) is not { } versions)
        {
            return false;
        }

        foreach (var (then, version) in written.Zip(versions))
        {
            then?.Invoke(version);
        }

        return true;
    }
}
