using System.Runtime.CompilerServices;
using XQr.Api.Analytics.Scans;
using XQr.Api.Storage;
using XQr.Api.Work;

namespace XQr.Api.Analytics.Quarantine;

/// <summary>Represents an entry of the quarantine.</summary>
/// <param name="Id">The id of a refused batch, or the original key of an unreadable row.</param>
/// <param name="Reason">The reason of the refusal.</param>
/// <param name="IsStored">True if a retry has stored its scans again.</param>
internal sealed record QuarantineEntry(string Id, string Reason, bool IsStored = false);

/// <summary>Lists and retries the entries of a workspace's quarantine, for operators.</summary>
internal sealed class QuarantineOperations(QuarantineBlobs blobs, QuarantineStore rows, ScanStore scans, WorkQueue work)
{
    private const string Unreadable = "unreadable row";

    /// <summary>Returns the refused batches, and then the unreadable rows.</summary>
    public IAsyncEnumerable<QuarantineEntry> ListAsync(string workspaceId, CancellationToken cancellationToken) =>
        blobs.ListAsync(workspaceId, cancellationToken).Select(batch => new QuarantineEntry(batch.Id, batch.Reason))
            .Concat(rows.ListAsync(workspaceId, cancellationToken).Select(key => new QuarantineEntry(key, Unreadable)));

    /// <summary>Stores the scans of each entry again and returns the updated entries. Repeated calls have no further effect.</summary>
    public async IAsyncEnumerable<QuarantineEntry> RetryAsync(string workspaceId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var entry in await ListAsync(workspaceId, cancellationToken).ToListAsync(cancellationToken))
        {
            var failure = entry.Reason == Unreadable
                ? await rows.TryRestoreAsync(workspaceId, entry.Id, cancellationToken) ? null : "the row still cannot be read"
                : await TryStoreAsync(workspaceId, entry.Id, cancellationToken);
            yield return failure is null ? entry with { IsStored = true } : entry with { Reason = failure };
        }

        await work.RequestAsync(WorkNames.Aggregate, workspaceId, TimeSpan.Zero, cancellationToken);
    }

    /// <returns>The reason why the batch was not stored; null if it was stored.</returns>
    private async Task<string?> TryStoreAsync(string workspaceId, string batchId, CancellationToken cancellationToken)
    {
        try
        {
            // The writer has the batch's name, so that an interrupted retry finds out whether the batch was stored.
            var batch = new ScanBatch(batchId, await blobs.ReadAsync(workspaceId, batchId, cancellationToken));
            await scans.AppendAsync(workspaceId, batch, new(batchId), cancellationToken);
        }
        catch (Exception exception) when (!StorageFailure.IsOutage(exception))
        {
            return StorageFailure.CodeOf(exception) ?? exception.Message;
        }

        await blobs.RemoveAsync(workspaceId, batchId, cancellationToken);
        return null;
    }
}
