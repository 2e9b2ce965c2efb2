namespace XQr.Api.Assets;

/// <summary>
/// Uploads of assets. Beginning one: a note to look after its blobs, the asset with its bytes counted, the URL; confirming one: the
/// upload is looked at, kept as the content, and the asset is confirmed. Where the process dies in between, the next try goes on, or the
/// note leads to what is left.
/// </summary>
internal sealed class AssetUploads(AssetStore store, AssetBlobs blobs, AssetWorkStore works, TimeProvider time)
{
    /// <summary>How long an upload URL lives.</summary>
    public static readonly TimeSpan UrlLife = TimeSpan.FromMinutes(15);

    /// <summary>An upload that was begun while the URL lived may take its time.</summary>
    private static readonly TimeSpan UploadTime = TimeSpan.FromMinutes(45);

    /// <summary>Adds a pending asset and makes its upload URL. Two transactions.</summary>
    /// <returns>The URL, where the outcome is <see cref="AssetOutcome.Done"/>.</returns>
    public async Task<(AssetOutcome Outcome, Uri? Url)> BeginAsync(Asset asset, long? limit, CancellationToken cancellationToken)
    {
        await works.AddAsync(new(asset.WorkspaceId, asset.Id), time.GetUtcNow() + UrlLife + UploadTime, cancellationToken);
        var outcome = await store.AddAsync(asset, limit, cancellationToken);
        return (outcome, outcome == AssetOutcome.Done ? await blobs.NewUploadUrlAsync(asset, UrlLife, cancellationToken) : null);
    }

    /// <summary>Confirms what was uploaded; nothing is done where it was confirmed before. Five transactions, or one.</summary>
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

        // Where the client's blob refuses, the work that was noted removes it.
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
