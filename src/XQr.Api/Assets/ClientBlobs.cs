using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace XQr.Api.Assets;

/// <summary>
/// Blobs that a client has an upload URL for. It lets the client do more than to write content: lease the blob, make snapshots, move it to another
/// tier, encrypt it with a key of its own, and leave blocks that belong to no content. None of it may keep us from removing the blob.
/// </summary>
internal static class ClientBlobs
{
    /// <summary>A client may lease the blob again at once, as long as its URL lives.</summary>
    private const int Attempts = 3;

    /// <summary>Whether a blob refuses to be read, copied or removed as it is: archived, encrypted, leased, of another type.</summary>
    public static bool IsRefusal(RequestFailedException failure) =>
        failure.Status == 409 || failure is { Status: 400, ErrorCode: "InvalidBlobType" } || failure is { Status: 412, ErrorCode: "LeaseIdMissing" };

    /// <summary>Removes a blob with its snapshots, whoever leases it. One transaction, two more for each lease.</summary>
    /// <returns>False where the blob refuses nevertheless.</returns>
    public static async Task<bool> TryRemoveAsync(BlobClient blob, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            try
            {
                await blob.DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, cancellationToken: cancellationToken);
                return true;
            }
            catch (RequestFailedException failure) when (IsRefusal(failure))
            {
                await BreakLeaseAsync(blob, cancellationToken);
            }
        }

        return false;
    }

    /// <summary>Removes blocks that were uploaded and belong to no content: storage would keep them for a week. One transaction, two more where there are any.</summary>
    public static async Task RemoveBlocksAsync(BlockBlobClient blob, CancellationToken cancellationToken)
    {
        try
        {
            if ((await blob.GetBlockListAsync(BlockListTypes.Uncommitted, cancellationToken: cancellationToken)).Value.UncommittedBlocks.Any())
            {
                // Content takes their place; they are no blob that could be deleted.
                await blob.UploadAsync(Stream.Null, cancellationToken: cancellationToken);
                await blob.DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, cancellationToken: cancellationToken);
            }
        }
        catch (RequestFailedException failure) when (failure.Status == 404)
        {
            // There are none.
        }
    }

    private static async Task BreakLeaseAsync(BlobClient blob, CancellationToken cancellationToken)
    {
        try
        {
            await blob.GetBlobLeaseClient().BreakAsync(TimeSpan.Zero, cancellationToken: cancellationToken);
        }
        catch (RequestFailedException failure) when (failure.Status is 404 or 409 or 412)
        {
            // There is no lease, or it is broken already.
        }
    }
}
