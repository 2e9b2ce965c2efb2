namespace XQr.Api.Assets;

/// <summary>
/// Deletes assets: a note to look after their blobs, the row with its counts, the blobs. From the row's end on there is no such asset and
/// its bytes are given back; the note sees to it that its blobs go even where the process dies, or somebody was at work on them.
/// </summary>
internal sealed class AssetDeletion(AssetStore store, AssetBlobs blobs, AssetWorkStore works, TimeProvider time)
{
    /// <summary>No request works for 5 minutes, and the clock of another instance may be ahead by 15.</summary>
    public static readonly TimeSpan RequestTime = TimeSpan.FromMinutes(20);

    /// <summary>Deletes an asset with all that it has in blobs. Four transactions, one more where it was ever public.</summary>
    /// <param name="workspaceId">The workspace.</param>
    /// <param name="id">The asset.</param>
    /// <param name="known">Returns whether the asset has the version that the caller knows.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public Task<AssetChange> DeleteAsync(string workspaceId, Guid id, Func<Asset, bool> known, CancellationToken cancellationToken)
    {
        Asset? tried = null;
        return store.RepeatAsync(
            id,
            async () =>
            {
                var asset = await store.FindAsync(workspaceId, id, cancellationToken);
                if (asset is not null && !known(asset))
                {
                    return new(AssetOutcome.Stale);
                }

                if (asset is not null)
                {
                    tried = asset;
                    await works.AddAsync(new(workspaceId, id, asset.LastPublicName), time.GetUtcNow() + RequestTime, cancellationToken);
                    if (!await store.TryRemoveAsync(asset, cancellationToken))
                    {
                        return null;
                    }
                }

                if (tried is null)
                {
                    return new(AssetOutcome.NotFound);
                }

                await RemoveBlobsAsync(tried, cancellationToken);
                return new(AssetOutcome.Done, tried);
            },
            cancellationToken);
    }

    /// <summary>What an upload that is under way, or a confirmation, leaves after this, the notes lead to.</summary>
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
