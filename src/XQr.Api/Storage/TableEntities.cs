using Azure;
using Azure.Data.Tables;

namespace XQr.Api.Storage;

/// <summary>Reads and writes rows without exceptions for missing rows and conflicts.</summary>
internal static class TableEntities
{
    private const int StoragePage = 1_000;

    /// <summary>Reads a row; returns null if it does not exist. Costs one transaction.</summary>
    public static async Task<TableEntity?> FindAsync(
        this TableClient table, string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(partitionKey, rowKey, cancellationToken: cancellationToken);
        return row.HasValue ? row.Value : null;
    }

    /// <summary>Returns all rows whose key begins with a prefix, in key order. Costs one transaction for each thousand rows.</summary>
    public static AsyncPageable<TableEntity> QueryPrefix(
        this TableClient table, string partitionKey, string prefix, IEnumerable<string>? select, CancellationToken cancellationToken) =>
        table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {partitionKey} and RowKey ge {prefix} and RowKey lt {Successor(prefix)}"),
            select: select,
            cancellationToken: cancellationToken);

    /// <summary>Returns the rows with keys between two, both included, in key order. Costs one transaction for each thousand rows.</summary>
    public static AsyncPageable<TableEntity> QueryRange(
        this TableClient table,
        string partitionKey,
        string first,
        string last,
        IEnumerable<string>? select,
        int? pageSize,
        CancellationToken cancellationToken) => table.QueryAsync<TableEntity>(
        TableClient.CreateQueryFilter($"PartitionKey eq {partitionKey} and RowKey ge {first} and RowKey le {last}"),
        pageSize,
        select,
        cancellationToken);

    /// <summary>Returns the filter for rows with keys between two. Partitions and keys have no character that a filter must escape.</summary>
    public static string Between(string partitionKey, string after, string end) =>
        $"PartitionKey eq '{partitionKey}' and RowKey gt '{after}' and RowKey lt '{end}'";

    /// <summary>Returns a page of the rows with keys between two. Costs one transaction, and one for each thousand rows before the page.</summary>
    public static async Task<IReadOnlyList<TableEntity>> FindPageAsync(
        this TableClient table, string partitionKey, string after, string end, Page page, CancellationToken cancellationToken)
    {
        if (page.Offset > 0)
        {
            var passed = table.QueryAsync<TableEntity>(Between(partitionKey, after, end), StoragePage, ["RowKey"], cancellationToken);
            if (await passed.Skip(page.Offset - 1).FirstOrDefaultAsync(cancellationToken) is not { RowKey: var last })
            {
                return [];
            }

            after = last;
        }

        return await table.QueryAsync<TableEntity>(Between(partitionKey, after, end), page.Limit, cancellationToken: cancellationToken)
            .Take(page.Limit).ToListAsync(cancellationToken);
    }

    /// <summary>Adds a row; returns null if the key exists. Costs one transaction.</summary>
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

    /// <summary>Updates a row that still has a version; returns null if it was changed or removed. Costs one transaction.</summary>
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

    /// <summary>Carries out all actions of one partition or none. Costs one transaction.</summary>
    /// <returns>The versions of the rows; null if a row is not as its action expects it.</returns>
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

    /// <summary>Estimates the bytes of a row in a request.</summary>
    public static int RequestSize(this ITableEntity row) => ((TableEntity)row).Sum(property => property.Value switch
    {
        string text => (2 * text.Length) + 50,
        byte[] data => (data.Length * 4 / 3) + 50,
        _ => 80,
    });

    private static string Successor(string prefix) => string.Concat(prefix.AsSpan(0, prefix.Length - 1), [(char)(prefix[^1] + 1)]);
}
