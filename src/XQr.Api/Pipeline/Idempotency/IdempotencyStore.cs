using System.Globalization;
using Azure;
using Azure.Data.Tables;
using XQr.Api.Storage;

namespace XQr.Api.Pipeline.Idempotency;

/// <summary>
/// Requests with a key. Table <c>Idempotency</c>, partition = workspace id, row = hash of method, path and key: Content (hash of query
/// and body), StartedAt and Seed (the operation), Run (the request that runs it, or ran it last), LeasedUntil, ExpiresAt, and once it is
/// answered: Status, Headers, Body. A body of over 32 KB is in container <c>idempotency</c> instead, blob
/// <c>{hour of ExpiresAt}/{workspace}/{row}/{run}</c>, written before the row: names sort by when they expire, and no run writes over
/// another's.
/// <para>
/// A row without an answer whose lease is over belongs to a run that died; who comes next runs it again, with the same operation.
/// </para>
/// </summary>
internal sealed class IdempotencyStore(Tables tables, Containers containers, TimeProvider time)
{
    private const int MaxRowBody = 32 * 1024;
    private const int TransactionRows = 100;
    private const string HourFormat = "yyyyMMddHH";

    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    /// <summary>Well over a request's deadline: who holds a lease that is over is dead.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);

    /// <summary>Begins a request, or finds what became of it. One transaction; two where its key is known, three with a large answer.</summary>
    public async Task<Beginning> BeginAsync(KeyedRequest request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var operation = Operation.New(now);
        if (await tables.Idempotency.TryAddAsync(ToRow(request, operation, now), cancellationToken) is { } added)
        {
            return new Beginning.Begun(operation, added.ToString());
        }

        if (await tables.Idempotency.FindAsync(request.WorkspaceId, request.Name, cancellationToken) is not { } row)
        {
            // Swept at this very moment.
            return new Beginning.UnderWay();
        }

        if (BegunBy(request, row) is { } begun)
        {
            return begun;
        }

        if (row.GetDateTimeOffset("ExpiresAt") > now)
        {
            if (!row.GetBinary("Content").AsSpan().SequenceEqual(request.Content))
            {
                return new Beginning.Reused();
            }

            if (await FindAnswerAsync(row, cancellationToken) is { } answer)
            {
                return new Beginning.Answered(answer);
            }

            if (row.GetDateTimeOffset("LeasedUntil") > now)
            {
                return new Beginning.UnderWay();
            }

            operation = ToOperation(row);
        }

        if (await tables.Idempotency.TryUpdateAsync(ToRow(request, operation, now), row.ETag, TableUpdateMode.Replace, cancellationToken) is { } taken)
        {
            return new Beginning.Begun(operation, taken.ToString());
        }

        return await tables.Idempotency.FindAsync(request.WorkspaceId, request.Name, cancellationToken) is { } other && BegunBy(request, other) is { } ours
            ? ours
            : new Beginning.UnderWay();
    }

    /// <summary>Keeps the answer of a run; false where another run took over. One transaction; two with a large body.</summary>
    public async Task<bool> TryAnswerAsync(KeyedRequest request, Beginning.Begun begun, KeptAnswer answer, CancellationToken cancellationToken)
    {
        var row = new TableEntity(request.WorkspaceId, request.Name) { ["Status"] = answer.Status, ["Headers"] = answer.Headers };
        if (answer.Body.Length <= MaxRowBody)
        {
            row["Body"] = answer.Body.ToArray();
        }
        else
        {
            var blob = containers.Idempotency.GetBlobClient(BlobName(begun.Operation.At + Kept, request.WorkspaceId, request.Name, request.Run));
            await blob.UploadAsync(new BinaryData(answer.Body), overwrite: true, cancellationToken);
        }

        // A run answers once: where the row has its answer, an attempt went through although storage's answer was lost.
        return await TryChangeAsync(row, begun, cancellationToken)
            || (await tables.Idempotency.FindAsync(request.WorkspaceId, request.Name, cancellationToken) is { } other
                && other.GetString("Run") == request.Run && other.ContainsKey("Status"));
    }

    /// <summary>Ends a run that has no answer to keep: the next may run at once, with the same operation. One transaction.</summary>
    public Task ReleaseAsync(KeyedRequest request, Beginning.Begun begun, CancellationToken cancellationToken) => TryChangeAsync(
        new TableEntity(request.WorkspaceId, request.Name) { ["LeasedUntil"] = time.GetUtcNow() }, begun, cancellationToken);

    /// <summary>Removes what has expired. Reads the whole table, a thousand rows a transaction, but of the blobs only those.</summary>
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

    /// <summary>The run that a row belongs to, where it is the request's own: an attempt went through although its answer was lost.</summary>
    private static Beginning.Begun? BegunBy(KeyedRequest request, TableEntity row) =>
        row.GetString("Run") == request.Run ? new(ToOperation(row), row.ETag.ToString()) : null;

    private async Task<bool> TryChangeAsync(TableEntity row, Beginning.Begun begun, CancellationToken cancellationToken) =>
        await tables.Idempotency.TryUpdateAsync(row, new ETag(begun.Version), TableUpdateMode.Merge, cancellationToken) is not null;

    /// <summary>Where one of the keys was used again since, the next sweep takes the others.</summary>
    private Task RemoveAsync(List<TableEntity> rows, CancellationToken cancellationToken) => rows.Count == 0
        ? Task.CompletedTask
        : tables.Idempotency.TryTransactAsync(
            rows.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, row.ETag)), cancellationToken);

    private async Task<KeptAnswer?> FindAnswerAsync(TableEntity row, CancellationToken cancellationToken)
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

    private static Operation ToOperation(TableEntity row) => new(row.GetDateTimeOffset("StartedAt")!.Value, row.GetBinary("Seed"));

    private static TableEntity ToRow(KeyedRequest request, Operation operation, DateTimeOffset now) => new(request.WorkspaceId, request.Name)
    {
        ["Content"] = request.Content,
        ["StartedAt"] = operation.At,
        ["Seed"] = operation.Seed,
        ["Run"] = request.Run,
        ["LeasedUntil"] = now + Lease,
        ["ExpiresAt"] = operation.At + Kept,
    };
}
