using System.Security.Cryptography;

namespace XQr.Api.Assets;

/// <summary>
/// Makes assets public and private again. The asset's row has the name of its public blob before the blob is there, and a name is given up
/// with a note before the blob goes: so a public blob is always one that something leads to, and no name comes back.
/// </summary>
internal sealed class AssetPublisher(AssetStore store, AssetBlobs blobs, AssetWorkStore works, TimeProvider time)
{
    /// <summary>Copies the asset to where anybody may read it; nothing is done where it is there. Five transactions, or one.</summary>
    public Task<AssetChange> PublishAsync(string workspaceId, Guid id, CancellationToken cancellationToken) => store.RepeatAsync(
        id,
        async () => await store.FindAsync(workspaceId, id, cancellationToken) switch
        {
            null => new(AssetOutcome.NotFound),
            { Status: AssetStatus.Pending } => new(AssetOutcome.NotConfirmed),
            { IsPublic: true } asset => new(AssetOutcome.Done, asset),
            var asset when asset.Type == AssetTypes.Svg => await TryPublishSvgAsync(asset, cancellationToken),
            var asset => await TryPublishAsync(asset, null, cancellationToken),
        },
        cancellationToken);

    /// <summary>Removes the public copy, so that its URL leads to nothing. Four transactions, two where it was
    /// removed before, one where there never was one.</summary>
    public Task<AssetChange> UnpublishAsync(string workspaceId, Guid id, CancellationToken cancellationToken) => store.RepeatAsync(
        id,
        async () =>
        {
            var asset = await store.FindAsync(workspaceId, id, cancellationToken);
            if (asset?.LastPublicName is not { } name)
            {
                return asset is null ? new(AssetOutcome.NotFound) : new(AssetOutcome.Done, asset);
            }

            // Where the name is retired already, whoever retired it may have died before the blob went.
            var retired = asset.PublicName is null ? asset : await RetireAsync(asset, cancellationToken);
            if (retired is null)
            {
                return null;
            }

            await blobs.RemovePublicAsync(name, cancellationToken);
            return new(AssetOutcome.Done, retired);
        },
        cancellationToken);

    private async Task<Asset?> RetireAsync(Asset asset, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await works.AddAsync(new(asset.WorkspaceId, asset.Id, asset.PublicName), now + AssetDeletion.RequestTime, cancellationToken);
        return await store.TryWriteAsync(asset.Unpublish(now), cancellationToken);
    }

    private async Task<AssetChange?> TryPublishSvgAsync(Asset asset, CancellationToken cancellationToken)
    {
        if (asset.FileSize > SvgSanitizer.MaxBytes)
        {
            return new(AssetOutcome.NotSafe, asset) { Reason = $"must have at most {SvgSanitizer.MaxBytes} bytes" };
        }

        if (await blobs.ReadContentAsync(asset, cancellationToken) is not { } content)
        {
            return null;
        }

        var result = SvgSanitizer.Sanitize(content);
        return result.Image is { } image
            ? await TryPublishAsync(asset with { Removed = result.Removed }, image, cancellationToken)
            : new(AssetOutcome.NotSafe, asset) { Reason = result.Error };
    }

    /// <param name="asset">The asset.</param>
    /// <param name="image">What is published; null for the asset's content as it is.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    private async Task<AssetChange?> TryPublishAsync(Asset asset, byte[]? image, CancellationToken cancellationToken)
    {
        // One that is there already is of somebody who is at it, or died at it; nobody was told of it.
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

        return await store.TryWriteAsync(named.Publish(time.GetUtcNow()), cancellationToken) is { } published ? new(AssetOutcome.Done, published) : null;
    }

    /// <summary>It leads back to the asset, and 128 random bits keep it from being guessed.</summary>
    private static string NewName(Asset asset) => $"{asset.Id}/{RandomNumberGenerator.GetHexString(32, lowercase: true)}.{asset.Type.Extension}";
}
