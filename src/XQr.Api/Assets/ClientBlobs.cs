using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace XQr.Api.Assets;

/// <summary>
/// Deletes blobs for which a client has an upload URL. The URL also allows leases, snapshots, other tiers, encryption with the client's own
/// key and uncommitted blocks; none of these may prevent the deletion.
/// </summary>
internal static class ClientBlobs
{
    /// <summary>The maximum number of attempts. A client can lease the blob again at once while its URL is valid.</summary>
    private const int Attempts = 3;

    /// <summary>
    /// Returns whether storage rejects a read, copy or deletion because of the blob's state: archived, encrypted, leased or of another
    /// type.
    /// </summary>
    public static bool IsRefusal(RequestFailedException failure) =>
        failure.Status == 409 || failure is { Status: 400, ErrorCode: "InvalidBlobType" } || failure is { Status: 412, ErrorCode: "LeaseIdMissing" };

    /// <summary>Deletes a blob with its snapshots, even if it is leased. Takes one transaction, and two more for each lease.</summary>
    /// <returns>False if storage still rejects the deletion.</returns>
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

    /// <summary>
    /// Deletes uncommitted blocks, which storage would keep for a week. Takes one transaction, and two more if there are any.
    /// </summary>
    public static async Task RemoveBlocksAsync(BlockBlobClient blob, CancellationToken cancellationToken)
    {
        try
        {
            if ((await blob.GetBlockListAsync(BlockListTypes.Uncommitted, cancellationToken: cancellationToken)).Value.UncommittedBlocks.Any())
            {
                // Writing content discards the blocks; they are not a blob that can be deleted.
                await blob.UploadAsync(Stream.Null, cancellationToken: cancellationToken);
                await blob.DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, cancellationToken: cancellationToken);
            }
        }
        catch (RequestFailedException failure) when (failure.Status == 404)
        {
            // There are no blocks.
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
            // There is no lease, or it is already broken.
        }
    }
}
