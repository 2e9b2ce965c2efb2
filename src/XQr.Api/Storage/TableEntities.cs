using Azure;
using Azure.Data.Tables;

namespace XQr.Api.Storage;

/// <summary>Reads rows without exceptions for the rows that are not there.</summary>
internal static class TableEntities
{
    /// <summary>A point read: one transaction.</summary>
    public static async Task<TableEntity?> FindAsync(
        this TableClient table, string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(partitionKey, rowKey, cancellationToken: cancellationToken);
        return row.HasValue ? row.Value : null;
    }

    /// <summary>All rows whose key begins with <paramref name="prefix"/>, in key order: one transaction a thousand rows.</summary>
    public static AsyncPageable<TableEntity> QueryPrefix(
        this TableClient table, string partitionKey, string prefix, IEnumerable<string>? select, CancellationToken cancellationToken) =>
        table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {partitionKey} and RowKey ge {prefix} and RowKey lt {Successor(prefix)}"),
            select: select,
            cancellationToken: cancellationToken);

    /// <summary>Adds a row; null where its key is taken.</summary>
    public static async Task<ETag?> TryAddAsync(this TableClient table, TableEntity row, CancellationToken cancellationToken)
    {
        try
        {
            return (await table.AddEntityAsync(row, cancellationToken)).Headers.ETag;
        }
        catch (RequestFailedException failure) when (failure.Status == 409)
        {
            return null;
        }
    }

    /// <summary>Writes a row if nobody else did since <paramref name="etag"/>; null where somebody did, or the row is gone.</summary>
    public static async Task<ETag?> TryUpdateAsync(
        this TableClient table, TableEntity row, ETag etag, TableUpdateMode mode, CancellationToken cancellationToken)
    {
        try
        {
            return (await table.UpdateEntityAsync(row, etag, mode, cancellationToken)).Headers.ETag;
        }
        catch (RequestFailedException failure) when (failure.Status is 404 or 412)
        {
            return null;
        }
    }

    /// <summary>Carries out all actions of one partition or none. One transaction.</summary>
    /// <returns>The versions of the rows; null where a row isn't as its action expects it.</returns>
    public static async Task<IReadOnlyList<ETag>?> TryTransactAsync(
        this TableClient table, IEnumerable<TableTransactionAction> actions, CancellationToken cancellationToken)
    {
        try
        {
            return [.. (await table.SubmitTransactionAsync(actions, cancellationToken)).Value.Select(answer => answer.Headers.ETag ?? default)];
        }
        catch (RequestFailedException failure) when (StorageFailure.IsConflict(failure))
        {
            return null;
        }
    }

    /// <summary>About the bytes that a row takes in a request: texts and binary data, and something for the rest.</summary>
    public static int RequestSize(this ITableEntity row) => ((TableEntity)row).Sum(property => property.Value switch
    {
        string text => (2 * text.Length) + 50,
        byte[] data => (data.Length * 4 / 3) + 50,
        _ => 80,
    });

    private static string Successor(string prefix) => string.Concat(prefix.AsSpan(0, prefix.Length - 1), [(char)(prefix[^1] + 1)]);
}
