using Azure;
using Azure.Data.Tables;
using XQr.Api.Primitives;
using XQr.Api.Storage;

namespace XQr.Api.Pipeline.Idempotency;

/// <summary>
/// Stores requests with a key in table <c>Idempotency</c> (<see cref="IdempotencyRows"/>). A body of over 32 KB is in container
/// <c>idempotency</c> instead, blob <c>{hour of ExpiresAt}/{workspace}/{row}/{run}</c>, which is written before the row. The names sort by
/// the time of expiry, and no run overwrites the blob of another.
/// <para>
/// A row without a response whose lease is over belongs to a run that died. The next retry runs the request again, with the same operation.
/// </para>
/// </summary>
internal sealed class IdempotencyStore(Tables tables, Containers containers, IdempotencyHourStore hours, TimeProvider time)
{
    private const int MaxRowBody = 32 * 1024;

    /// <summary>The time that a run may take. It is well over the deadline of a request, so a run with an expired lease has died.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Starts a request or finds its state. Costs one transaction, two for a known key, three for a large response. The first request of a
    /// workspace in an hour costs one more in each instance.
    /// </summary>
    public async Task<IdempotencyState> BeginAsync(KeyedRequest request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var seed = CreationSeed.New(now);
        if (await TryStartAsync(TableTransactionActionType.Add, request, seed, default, cancellationToken) is { } added)
        {
            return added;
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

            seed = IdempotencyRows.ToSeed(row);
        }

        if (await TryStartAsync(TableTransactionActionType.UpdateReplace, request, seed, row.ETag, cancellationToken) is { } restarted)
        {
            return restarted;
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
            var name = BlobName(started.Seed.At + IdempotencyRows.Retention, request.WorkspaceId, request.Name, request.Run);
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

    /// <summary>Returns the run of a row that this request wrote: the write succeeded although the answer of storage was lost.</summary>
    private static IdempotencyState.Started? StartedBy(KeyedRequest request, TableEntity row) =>
        row.GetString("Run") == request.Run ? new(IdempotencyRows.ToSeed(row), row.ETag.ToString()) : null;

    private async Task<bool> TryChangeAsync(TableEntity row, IdempotencyState.Started started, CancellationToken cancellationToken) =>
        await tables.Idempotency.TryUpdateAsync(row, new ETag(started.Version), TableUpdateMode.Merge, cancellationToken) is not null;

    /// <summary>Writes the row of a run and its index; returns null if the row is not as expected.</summary>
    private async Task<IdempotencyState.Started?> TryStartAsync(
        TableTransactionActionType type, KeyedRequest request, CreationSeed seed, ETag version, CancellationToken cancellationToken)
    {
        // The hour goes first: if the process dies between the two, it is removed without requests.
        await hours.AddAsync(request.WorkspaceId, seed.At + IdempotencyRows.Retention, cancellationToken);
        var row = IdempotencyRows.ToRow(request, seed, time.GetUtcNow() + Lease);
        var actions = IdempotencyRows.WithIndex(new(type, row, version));
        return await tables.Idempotency.TryTransactAsync(actions, cancellationToken) is { } versions ? new(seed, versions[0].ToString()) : null;
    }

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
        $"{IdempotencyRows.HourOf(expiresAt)}/{workspaceId}/{name}/{run}";
}
