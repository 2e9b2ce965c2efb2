using Azure;
using Azure.Data.Tables;
using XQr.Api.Pipeline;

namespace XQr.Api.Storage;

/// <summary>Reads rows without exceptions for the rows that are not there.</summary>
internal static class TableEntities
{
    private const int StoragePage = 1_000;

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

    /// <summary>The rows with keys between two, in key order. Partitions and keys hold nothing that a filter would have to escape.</summary>
    public static string Between(string partitionKey, string after, string end) =>
        $"PartitionKey eq '{partitionKey}' and RowKey gt '{after}' and RowKey lt '{end}'";

    /// <summary>A part of the rows with keys between two: one transaction, and one more for each thousand that are passed over.</summary>
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
