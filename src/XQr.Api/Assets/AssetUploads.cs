namespace XQr.Api.Assets;

/// <summary>
/// Begins and confirms uploads. To begin: add cleanup work for the blobs, add the asset with its bytes counted, create the URL. To confirm:
/// check the upload, copy it to the content, confirm the asset. If the process dies in between, the next attempt continues, or the cleanup
/// work deletes the rest.
/// </summary>
internal sealed class AssetUploads(AssetStore store, AssetBlobs blobs, AssetWorkStore works, TimeProvider time)
{
    /// <summary>The lifetime of an upload URL.</summary>
    public static readonly TimeSpan UrlLife = TimeSpan.FromMinutes(15);

    /// <summary>The time for an upload that began before the URL expired.</summary>
    private static readonly TimeSpan UploadTime = TimeSpan.FromMinutes(45);

    /// <summary>Adds a pending asset and creates its upload URL. Takes two transactions.</summary>
    /// <returns>The outcome, and the URL if it is <see cref="AssetOutcome.Done"/>.</returns>
    public async Task<(AssetOutcome Outcome, Uri? Url)> BeginAsync(Asset asset, long? limit, CancellationToken cancellationToken)
    {
        await works.AddAsync(new(asset.WorkspaceId, asset.Id), time.GetUtcNow() + UrlLife + UploadTime, cancellationToken);
        var outcome = await store.AddAsync(asset, limit, cancellationToken);
        return (outcome, outcome == AssetOutcome.Done ? await blobs.NewUploadUrlAsync(asset, UrlLife, cancellationToken) : null);
    }

    /// <summary>Confirms an upload. Does nothing if it was confirmed before. Takes one or five transactions.</summary>
    public Task<AssetChange> ConfirmAsync(string workspaceId, Guid id, CancellationToken cancellationToken) => store.RepeatAsync(
        id,
        async () =>
        {
            if (await store.FindAsync(workspaceId, id, cancellationToken) is not { } asset)
            {
                return new(AssetOutcome.NotFound);
            }

            if (asset.Status == AssetStatus.Confirmed)
            {
                return new(AssetOutcome.Done, asset);
            }

            var upload = await blobs.FindUploadAsync(asset, cancellationToken);
            var result = Validate(asset, upload);
            if (result == AssetOutcome.TooLarge)
            {
                await blobs.TryRemoveUploadAsync(workspaceId, id, cancellationToken);
            }

            return result == AssetOutcome.Done ? await KeepAsync(asset, upload!, cancellationToken) : new(result, asset);
        },
        cancellationToken);

    private async Task<AssetChange?> KeepAsync(Asset asset, Upload upload, CancellationToken cancellationToken)
    {
        var kept = await blobs.KeepAsync(asset, upload, cancellationToken);
        if (kept == AssetOutcome.Unreadable)
        {
            return new(AssetOutcome.Unreadable, asset);
        }

        if (kept is null || await store.TryWriteAsync(asset.Confirm(time.GetUtcNow()), cancellationToken) is not { } confirmed)
        {
            return null;
        }

        // If storage rejects the deletion, the cleanup work deletes the upload later.
        await blobs.TryRemoveUploadAsync(asset.WorkspaceId, asset.Id, cancellationToken);
        return new(AssetOutcome.Done, confirmed);
    }

    private static AssetOutcome Validate(Asset asset, Upload? upload) =>
        upload is null ? AssetOutcome.NotUploaded
        : upload == Upload.Unreadable ? AssetOutcome.Unreadable
        : upload.Size > asset.FileSize ? AssetOutcome.TooLarge
        : upload.Size < asset.FileSize ? AssetOutcome.TooSmall
        : asset.Type.Matches(upload.FirstBytes.Span) ? AssetOutcome.Done
        : AssetOutcome.OtherType;
}
