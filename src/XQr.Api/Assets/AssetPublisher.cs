using System.Security.Cryptography;
using XQr.Api.Pipeline;

namespace XQr.Api.Assets;

/// <summary>
/// Publishes and unpublishes assets. The asset's row has the name of the public blob before the blob exists, and cleanup work is added
/// before the name is removed, so every public blob is referenced and names are never reused.
/// </summary>
internal sealed class AssetPublisher(AssetStore store, AssetBlobs blobs, AssetWorkStore works, TimeProvider time)
{
    /// <summary>Copies the asset to its public blob. Does nothing if it is public. Takes one or five transactions.</summary>
    public Task<OperationResult<Asset>> PublishAsync(string workspaceId, Guid id, CancellationToken cancellationToken) =>
        store.RetryAsync<OperationResult<Asset>>(
            id,
            async () => await store.FindAsync(workspaceId, id, cancellationToken) switch
            {
                null => AssetErrors.NotFound(),
                { Status: AssetStatus.Pending } => AssetErrors.NotConfirmed(),
                { IsPublic: true } asset => asset,
                var asset when asset.Type == AssetTypes.Svg => await TryPublishSvgAsync(asset, cancellationToken),
                var asset => await TryPublishAsync(asset, null, cancellationToken),
            },
            cancellationToken);

    /// <summary>
    /// Deletes the public copy and its URL. Takes four transactions, two if it was deleted before, or one if it never existed.
    /// </summary>
    public Task<OperationResult<Asset>> UnpublishAsync(string workspaceId, Guid id, CancellationToken cancellationToken) =>
        store.RetryAsync<OperationResult<Asset>>(
            id,
            async () => await store.FindAsync(workspaceId, id, cancellationToken) switch
            {
                null => AssetErrors.NotFound(),
                { LastPublicName: null } asset => asset,
                var asset => await TryUnpublishAsync(asset, asset.LastPublicName, cancellationToken),
            },
            cancellationToken);

    private async Task<OperationResult<Asset>?> TryUnpublishAsync(Asset asset, string name, CancellationToken cancellationToken)
    {
        // If the name is retired already, the process may have died before it deleted the blob.
        var retired = asset.PublicName is null ? asset : await TryRetireAsync(asset, cancellationToken);
        if (retired is null)
        {
            return null;
        }

        await blobs.RemovePublicAsync(name, cancellationToken);
        return retired;
    }

    private async Task<Asset?> TryRetireAsync(Asset asset, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await works.AddAsync(new(asset.WorkspaceId, asset.Id, asset.PublicName), now + AssetDeletion.CleanupDelay, cancellationToken);
        return await store.TryWriteAsync(asset.Unpublish(now), cancellationToken);
    }

    private async Task<OperationResult<Asset>?> TryPublishSvgAsync(Asset asset, CancellationToken cancellationToken)
    {
        if (asset.FileSize > SvgSanitizer.MaxBytes)
        {
            return AssetErrors.NotSafe($"must have at most {SvgSanitizer.MaxBytes} bytes");
        }

        if (await blobs.ReadContentAsync(asset, cancellationToken) is not { } content)
        {
            return null;
        }

        var result = SvgSanitizer.Sanitize(content);
        return result.Image is { } image
            ? await TryPublishAsync(asset with { Removed = result.Removed }, image, cancellationToken)
            : AssetErrors.NotSafe(result.Error!);
    }

    /// <summary>Creates the public blob and marks the asset as public. Returns null on a conflict.</summary>
    /// <param name="asset">The asset.</param>
    /// <param name="image">The content to publish; null for the asset's own content.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    private async Task<OperationResult<Asset>?> TryPublishAsync(Asset asset, byte[]? image, CancellationToken cancellationToken)
    {
        // An existing blob belongs to a concurrent or interrupted attempt; its URL was never returned.
        var named = asset.PublicName is not null ? asset : await store.TryWriteAsync(asset with { PublicName = NewName(asset) }, cancellationToken);
        if (named is null)
        {
            return null;
        }

        if (image is not null)
        {
            await blobs.PublishAsync(named, image, cancellationToken);
        }
        else if (!await blobs.TryPublishAsync(named, cancellationToken))
        {
            return null;
        }

        if (await store.TryWriteAsync(named.Publish(time.GetUtcNow()), cancellationToken) is { } published)
        {
            return published;
        }

        return null;
    }

    /// <summary>Creates a public name with the asset's id and 128 random bits, which cannot be guessed.</summary>
    private static string NewName(Asset asset) => $"{asset.Id}/{RandomNumberGenerator.GetHexString(32, lowercase: true)}.{asset.Type.Extension}";
}
