using XQr.Api.Pipeline;

namespace XQr.Api.Assets;

/// <summary>
/// Deletes assets: adds cleanup work for their blobs, deletes the row with its counts, deletes the blobs. The asset no longer exists when its
/// row is deleted, and its bytes no longer count. The cleanup work deletes its blobs even if the process dies, or if another request writes
/// them at the same time.
/// </summary>
internal sealed class AssetDeletion(AssetStore store, AssetBlobs blobs, AssetWorkStore works, TimeProvider time)
{
    /// <summary>The delay of cleanup work. Requests end within 5 minutes, and clocks of other instances may be ahead by 15.</summary>
    public static readonly TimeSpan CleanupDelay = TimeSpan.FromMinutes(20);

    /// <summary>Deletes an asset with its blobs. Takes four transactions, and one more if it was ever public.</summary>
    /// <param name="workspaceId">The workspace.</param>
    /// <param name="id">The id of the asset.</param>
    /// <param name="condition">Returns whether the asset may be deleted. Called again after a conflict.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>The deleted asset.</returns>
    public Task<OperationResult<Asset>> DeleteAsync(string workspaceId, Guid id, Func<Asset, bool> condition, CancellationToken cancellationToken)
    {
        Asset? deleted = null;
        return store.RetryAsync<OperationResult<Asset>>(id, TryDeleteAsync, cancellationToken);

        async Task<OperationResult<Asset>?> TryDeleteAsync()
        {
            if (await store.FindAsync(workspaceId, id, cancellationToken) is { } asset)
            {
                if (!condition(asset))
                {
                    return AssetErrors.Changed();
                }

                deleted = asset;
                await works.AddAsync(new(workspaceId, id, asset.LastPublicName), time.GetUtcNow() + CleanupDelay, cancellationToken);
                if (!await store.TryRemoveAsync(asset, cancellationToken))
                {
                    return null;
                }
            }

            // If the row is gone, an earlier attempt may have deleted it although its response was lost.
            if (deleted is null)
            {
                return AssetErrors.NotFound();
            }

            await RemoveBlobsAsync(deleted, cancellationToken);
            return deleted;
        }
    }

    /// <summary>Deletes the blobs of a deleted asset. Cleanup work deletes those that a concurrent upload or confirmation writes later.</summary>
    private async Task RemoveBlobsAsync(Asset asset, CancellationToken cancellationToken)
    {
        await (asset.Status == AssetStatus.Pending
            ? blobs.TryRemoveUploadAsync(asset.WorkspaceId, asset.Id, cancellationToken)
            : blobs.RemoveContentAsync(asset.WorkspaceId, asset.Id, cancellationToken));
        if (asset.LastPublicName is { } name)
        {
            await blobs.RemovePublicAsync(name, cancellationToken);
        }
    }
}
