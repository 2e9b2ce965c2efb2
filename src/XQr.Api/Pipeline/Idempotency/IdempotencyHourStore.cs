using System.Collections.Concurrent;
using Azure.Data.Tables;
using XQr.Api.Storage;
using XQr.Api.Work;

namespace XQr.Api.Pipeline.Idempotency;

/// <summary>Stores which workspaces have requests that expire in an hour (<see cref="IdempotencyRows"/>).</summary>
internal sealed class IdempotencyHourStore(Tables tables)
{
    /// <summary>The maximum number of rows that this instance remembers, about 5 MB. A row that it has forgotten is written again.</summary>
    private const int MaxRemembered = 20_000;

    /// <summary>The keys of hours sort before those of workspaces.</summary>
    private const string FirstHour = "0";

    private readonly ConcurrentDictionary<(string Partition, string WorkspaceId), bool> remembered = [];

    /// <summary>Adds a workspace to an hour. One transaction, or none if this instance has added it before.</summary>
    public async ValueTask AddAsync(string workspaceId, DateTimeOffset expiresAt, CancellationToken cancellationToken)
    {
        var partition = $"{IdempotencyRows.HourOf(expiresAt)}{WorkShards.Of(workspaceId)}";
        if (remembered.ContainsKey((partition, workspaceId)))
        {
            return;
        }

        // Earlier versions remove rows after this time, and no rows without it.
        var row = new TableEntity(partition, workspaceId) { ["ExpiresAt"] = expiresAt.AddHours(1) };
        await tables.Idempotency.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellationToken);
        if (remembered.Count >= MaxRemembered)
        {
            remembered.Clear();
        }

        remembered[(partition, workspaceId)] = true;
    }

    /// <summary>Returns the rows of the hours before one. One transaction for each thousand.</summary>
    public IAsyncEnumerable<TableEntity> FindBefore(string hour, CancellationToken cancellationToken) => tables.Idempotency.QueryAsync<TableEntity>(
        TableClient.CreateQueryFilter($"PartitionKey ge {FirstHour} and PartitionKey lt {hour}"),
        select: ["PartitionKey", "RowKey"],
        cancellationToken: cancellationToken);
}
