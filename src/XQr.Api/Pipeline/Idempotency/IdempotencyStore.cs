using System.Globalization;
using Azure;
using Azure.Data.Tables;
using XQr.Api.Primitives;
using XQr.Api.Storage;

namespace XQr.Api.Pipeline.Idempotency;

/// <summary>
/// Stores requests with a key. Table <c>Idempotency</c>, partition = workspace id (<c>person_{hash}</c> for forms that belong to no
/// workspace), row = hash of method, path and key: Content (hash of query and body), StartedAt and Seed (the operation), Run (the HTTP request
/// that runs it, or ran it last), LeasedUntil, ExpiresAt, and after completion Status, Headers, Body. A body of over 32 KB is in container
/// <c>idempotency</c> instead, blob <c>{hour of ExpiresAt}/{workspace}/{row}/{run}</c>, which is written before the row. The names sort by
/// the time of expiry, and no run overwrites the blob of another.
/// <para>
/// A row without a response whose lease is over belongs to a run that died. The next retry runs the request again, with the same operation.
/// </para>
/// </summary>
internal sealed class IdempotencyStore(Tables tables, Containers containers, TimeProvider time)
{
    private const int MaxRowBody = 32 * 1024;
    private const int TransactionRows = 100;
    private const string HourFormat = "yyyyMMddHH";

    private static readonly TimeSpan Retention = TimeSpan.FromHours(24);

    /// <summary>The time that a run may take. It is well over the deadline of a request, so a run with an expired lease has died.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);

    /// <summary>Starts a request or finds its state. Costs one transaction, two for a known key, three for a large response.</summary>
    public async Task<IdempotencyState> BeginAsync(KeyedRequest request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var seed = CreationSeed.New(now);
        if (await tables.Idempotency.TryAddAsync(ToRow(request, seed, now), cancellationToken) is { } added)
        {
            return new IdempotencyState.Started(seed, added.ToString());
        }

        if (await tables.Idempotency.FindAsync(request.WorkspaceId, request.Name, cancellationToken) is not { } row)
        {
            // The sweep has just removed the row.
            return new IdempotencyState.InProgress();
        }

        if (StartedBy(request, row) is { } started)
        {
            return started;
        }

        if (row.GetDateTimeOffset("ExpiresAt") > now)
        {
            if (!row.GetBinary("Content").AsSpan().SequenceEqual(request.Content))
            {
                return new IdempotencyState.KeyReused();
            }

            if (await FindResponseAsync(row, cancellationToken) is { } response)
            {
                return new IdempotencyState.Completed(response);
            }

            if (row.GetDateTimeOffset("LeasedUntil") > now)
            {
                return new IdempotencyState.InProgress();
            }

            seed = ToSeed(row);
        }

        var next = ToRow(request, seed, now);
        if (await tables.Idempotency.TryUpdateAsync(next, row.ETag, TableUpdateMode.Replace, cancellationToken) is { } version)
        {
            return new IdempotencyState.Started(seed, version.ToString());
        }

        return await tables.Idempotency.FindAsync(request.WorkspaceId, request.Name, cancellationToken) is { } current
            && StartedBy(request, current) is { } own
            ? own
            : new IdempotencyState.InProgress();
    }

    /// <summary>Stores the response of a run. Costs one transaction, two for a large body.</summary>
    /// <returns>False if another run took over.</returns>
    public async Task<bool> TryCompleteAsync(
        KeyedRequest request, IdempotencyState.Started started, StoredResponse response, CancellationToken cancellationToken)
    {
        var row = new TableEntity(request.WorkspaceId, request.Name) { ["Status"] = response.Status, ["Headers"] = response.Headers };
        if (response.Body.Length <= MaxRowBody)
        {
            row["Body"] = response.Body.ToArray();
        }
        else
        {
            var name = BlobName(started.Seed.At + Retention, request.WorkspaceId, request.Name, request.Run);
            await containers.Idempotency.GetBlobClient(name).UploadAsync(new BinaryData(response.Body), overwrite: true, cancellationToken);
        }

        // A run has one response. If the row has it already, the write succeeded although the answer of storage was lost.
        return await TryChangeAsync(row, started, cancellationToken)
            || (await tables.Idempotency.FindAsync(request.WorkspaceId, request.Name, cancellationToken) is { } other
                && other.GetString("Run") == request.Run && other.ContainsKey("Status"));
    }

    /// <summary>Ends a run that has no response to store. A retry may run at once, with the same operation. Costs one transaction.</summary>
    public Task ReleaseAsync(KeyedRequest request, IdempotencyState.Started started, CancellationToken cancellationToken) => TryChangeAsync(
        new TableEntity(request.WorkspaceId, request.Name) { ["LeasedUntil"] = time.GetUtcNow() }, started, cancellationToken);

    /// <summary>Removes expired rows and blobs. Reads the whole table, a thousand rows in a transaction, and only the expired blobs.</summary>
    public async Task SweepAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var expired = tables.Idempotency.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"ExpiresAt lt {now}"), select: ["PartitionKey", "RowKey"], cancellationToken: cancellationToken);
        var rows = new List<TableEntity>();
        await foreach (var row in expired)
        {
            if (rows.Count == TransactionRows || (rows.Count > 0 && rows[0].PartitionKey != row.PartitionKey))
            {
                await RemoveAsync(rows, cancellationToken);
                rows.Clear();
            }

            rows.Add(row);
        }

        await RemoveAsync(rows, cancellationToken);
        var hour = now.UtcDateTime.ToString(HourFormat, CultureInfo.InvariantCulture);
        await foreach (var blob in containers.Idempotency.GetBlobsAsync(cancellationToken: cancellationToken))
        {
            if (string.CompareOrdinal(blob.Name, hour) >= 0)
            {
                return;
            }

            await containers.Idempotency.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellationToken);
        }
    }

    /// <summary>Returns the run of a row that this request wrote: the write succeeded although the answer of storage was lost.</summary>
    private static IdempotencyState.Started? StartedBy(KeyedRequest request, TableEntity row) =>
        row.GetString("Run") == request.Run ? new(ToSeed(row), row.ETag.ToString()) : null;

    private async Task<bool> TryChangeAsync(TableEntity row, IdempotencyState.Started started, CancellationToken cancellationToken) =>
        await tables.Idempotency.TryUpdateAsync(row, new ETag(started.Version), TableUpdateMode.Merge, cancellationToken) is not null;

    /// <summary>Removes rows of one partition. If one of the keys was used again, the next sweep removes the others.</summary>
    private Task RemoveAsync(List<TableEntity> rows, CancellationToken cancellationToken) => rows.Count == 0
        ? Task.CompletedTask
        : tables.Idempotency.TryTransactAsync(
            rows.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, row.ETag)), cancellationToken);

    private async Task<StoredResponse?> FindResponseAsync(TableEntity row, CancellationToken cancellationToken)
    {
        if (row.GetInt32("Status") is not { } status)
        {
            return null;
        }

        if (row.GetBinary("Body") is not { } body)
        {
            var blob = containers.Idempotency.GetBlobClient(
                BlobName(row.GetDateTimeOffset("ExpiresAt")!.Value, row.PartitionKey, row.RowKey, row.GetString("Run")));
            body = (await blob.DownloadContentAsync(cancellationToken)).Value.Content.ToArray();
        }

        return new(status, row.GetString("Headers"), body);
    }

    private static string BlobName(DateTimeOffset expiresAt, string workspaceId, string name, string run) =>
        $"{expiresAt.UtcDateTime.ToString(HourFormat, CultureInfo.InvariantCulture)}/{workspaceId}/{name}/{run}";

    private static CreationSeed ToSeed(TableEntity row) => new(row.GetDateTimeOffset("StartedAt")!.Value, row.GetBinary("Seed"));

    private static TableEntity ToRow(KeyedRequest request, CreationSeed seed, DateTimeOffset now) => new(request.WorkspaceId, request.Name)
    {
        ["Content"] = request.Content,
        ["StartedAt"] = seed.At,
        ["Seed"] = seed.Seed,
        ["Run"] = request.Run,
        ["LeasedUntil"] = now + Lease,
        ["ExpiresAt"] = seed.At + Retention,
    };
}
