using Azure;
using Azure.Data.Tables;
using XQr.Api.Storage;
using XQr.Api.Work;

namespace XQr.Api.Pipeline.Idempotency;

/// <summary>Removes expired requests (<see cref="IdempotencyRows"/>) and their blobs.</summary>
internal sealed class IdempotencyRemovalStore(Tables tables, Containers containers, IdempotencyHourStore hours)
{
    /// <summary>The requests of a transaction, each with its row of the index.</summary>
    private const int TransactionRequests = 50;

    private const int TransactionRows = 100;
    private const int Parallelism = 16;

    /// <summary>
    /// Removes the requests that expired before an hour, until the budget is used up. Reads only these: one transaction for each thousand rows of
    /// the index and one for each request.
    /// </summary>
    public Task RemoveRowsAsync(string hour, WorkBudget budget, CancellationToken cancellationToken) => budget.RunEachAsync(
        hours.FindBefore(hour, cancellationToken), (row, token) => RemoveHourAsync(row, budget, token), cancellationToken);

    /// <summary>Removes the blobs that expired before an hour, until the budget is used up. Their names sort by the hour.</summary>
    public Task RemoveBlobsAsync(string hour, WorkBudget budget, CancellationToken cancellationToken) => budget.RunEachAsync(
        containers.Idempotency.GetBlobsAsync(cancellationToken: cancellationToken)
            .TakeWhile(blob => string.CompareOrdinal(blob.Name, hour) < 0),
        (blob, token) => containers.Idempotency.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: token),
        cancellationToken);

    /// <summary>
    /// Removes all requests that expired before a time, also those without an index, until the budget is used up. Reads the whole table, a thousand
    /// rows in a transaction.
    /// </summary>
    /// <param name="after">The end of the last run, or an empty string.</param>
    /// <param name="before">The time.</param>
    /// <param name="budget">The budget.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>The end of this run, or null if it has reached the end of the table.</returns>
    public async Task<string?> RemoveAllAsync(string after, DateTimeOffset before, WorkBudget budget, CancellationToken cancellationToken)
    {
        var (partition, key) = after.Split(':') is [var first, var second] ? (first, second) : ("", "");
        var pages = tables.Idempotency.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey ge {partition} and (PartitionKey gt {partition} or RowKey gt {key})"),
            select: ["PartitionKey", "RowKey", "ExpiresAt"],
            cancellationToken: cancellationToken).AsPages();
        await foreach (var page in pages.WithCancellation(cancellationToken))
        {
            var expired = page.Values.Where(row => row.GetDateTimeOffset("ExpiresAt") < before);
            foreach (var rows in expired.GroupBy(row => row.PartitionKey).SelectMany(rows => rows.Chunk(TransactionRows)))
            {
                await RemoveAsync([.. rows.Select(Deletion)], cancellationToken);
            }

            if (budget.IsUsedUp && page.Values is [.., var last])
            {
                return $"{last.PartitionKey}:{last.RowKey}";
            }
        }

        return null;
    }

    /// <summary>Removes the requests of a workspace that expired in an hour, and last the row of the hour.</summary>
    private async Task RemoveHourAsync(TableEntity hourRow, WorkBudget budget, CancellationToken cancellationToken)
    {
        var prefix = IdempotencyRows.IndexOf(hourRow.PartitionKey[..IdempotencyRows.HourLength]);
        var pages = tables.Idempotency.QueryPrefix(hourRow.RowKey, prefix, ["PartitionKey", "RowKey"], cancellationToken).AsPages();
        await foreach (var page in pages.WithCancellation(cancellationToken))
        {
            foreach (var index in page.Values.Chunk(TransactionRequests))
            {
                if (budget.IsUsedUp)
                {
                    return;
                }

                await RemoveAsync(index, cancellationToken);
            }
        }

        await tables.Idempotency.DeleteEntityAsync(hourRow.PartitionKey, hourRow.RowKey, ETag.All, cancellationToken);
    }

    /// <summary>Removes rows of the index, and their requests unless their keys were used again.</summary>
    private async Task RemoveAsync(TableEntity[] index, CancellationToken cancellationToken)
    {
        var requests = await index.ReadEachAsync(Parallelism, FindRequestAsync, cancellationToken);
        var expired = requests.Zip(index)
            .Where(pair => pair.First is { } row && IdempotencyRows.IsOf(row, pair.Second.RowKey)).Select(pair => pair.First!);
        await RemoveAsync([.. expired.Select(Deletion), .. index.Select(row => Deletion(row, ETag.All))], cancellationToken);
    }

    private async Task<TableEntity?> FindRequestAsync(TableEntity index, CancellationToken cancellationToken)
    {
        var row = await tables.Idempotency.GetEntityIfExistsAsync<TableEntity>(
            index.PartitionKey, IdempotencyRows.RequestOf(index.RowKey), ["PartitionKey", "RowKey", "ExpiresAt"], cancellationToken);
        return row.HasValue ? row.Value : null;
    }

    /// <summary>Removes rows of one partition in one transaction, or one by one if some were changed or removed meanwhile.</summary>
    private async Task RemoveAsync(TableTransactionAction[] deletions, CancellationToken cancellationToken)
    {
        if (await tables.Idempotency.TryTransactAsync(deletions, cancellationToken) is not null)
        {
            return;
        }

        foreach (var deletion in deletions)
        {
            try
            {
                await tables.Idempotency.DeleteEntityAsync(deletion.Entity, deletion.ETag, cancellationToken);
            }
            catch (RequestFailedException failure) when (StorageFailure.IsConflict(failure))
            {
                // The key was used again.
            }
        }
    }

    private static TableTransactionAction Deletion(TableEntity row) => Deletion(row, row.ETag);

    private static TableTransactionAction Deletion(TableEntity row, ETag version) => new(TableTransactionActionType.Delete, row, version);
}
