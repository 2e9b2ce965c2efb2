using XQr.Api.Pipeline;
using XQr.Api.Storage;
using XQr.Api.Tenancy;

namespace XQr.Api.Assets;

/// <summary>A pending asset, and the URL to which its content is uploaded.</summary>
internal readonly record struct PresignedUpload(Asset Asset, Uri Url);

/// <summary>
/// Presigns and confirms uploads. To presign: add cleanup work for the blobs, add the asset with its bytes counted, create the URL. To
/// confirm: check the upload, copy it to the content, confirm the asset. If the process dies in between, the next attempt continues, or the
/// cleanup work deletes the rest.
/// </summary>
internal sealed class AssetUploads(AssetStore store, AssetBlobs blobs, AssetWorkStore works, TimeProvider time)
{
    private const long Megabyte = 1024 * 1024;

    /// <summary>The lifetime of an upload URL.</summary>
    private static readonly TimeSpan UrlLifetime = TimeSpan.FromMinutes(15);

    /// <summary>The time for an upload that began before the URL expired.</summary>
    private static readonly TimeSpan UploadTimeout = TimeSpan.FromMinutes(45);

    /// <summary>Adds a pending asset and creates its upload URL. Takes two transactions.</summary>
    public async Task<OperationResult<PresignedUpload>> PresignAsync(Asset asset, PlanOptions plan, CancellationToken cancellationToken)
    {
        await works.AddAsync(new(asset.WorkspaceId, asset.Id), time.GetUtcNow() + UrlLifetime + UploadTimeout, cancellationToken);
        return await store.AddAsync(asset, plan.StorageMb * Megabyte, cancellationToken) switch
        {
            CommitOutcome.Done => new PresignedUpload(asset, await blobs.NewUploadUrlAsync(asset, UrlLifetime, cancellationToken)),
            CommitOutcome.Refused => AssetErrors.OverLimit(plan),
            _ => AssetErrors.NotPending(),
        };
    }

    /// <summary>Confirms an upload. Does nothing if it was confirmed before. Takes one or five transactions.</summary>
    public Task<OperationResult<Asset>> ConfirmAsync(string workspaceId, Guid id, CancellationToken cancellationToken) =>
        store.RetryAsync<OperationResult<Asset>>(
            id,
            async () => await store.FindAsync(workspaceId, id, cancellationToken) switch
            {
                null => AssetErrors.NotFound(),
                { Status: AssetStatus.Confirmed } asset => asset,
                var asset => await TryConfirmAsync(asset, cancellationToken),
            },
            cancellationToken);

    private async Task<OperationResult<Asset>?> TryConfirmAsync(Asset asset, CancellationToken cancellationToken)
    {
        var upload = await blobs.FindUploadAsync(asset, cancellationToken);
        if (upload?.Size > asset.FileSize)
        {
            await blobs.TryRemoveUploadAsync(asset.WorkspaceId, asset.Id, cancellationToken);
        }

        if (Validate(asset, upload) is { } error)
        {
            return error;
        }

        return await blobs.CopyUploadAsync(asset, upload!, cancellationToken) switch
        {
            UploadCopy.Done => await TryFinishAsync(asset, cancellationToken),
            UploadCopy.Unreadable => AssetErrors.Unreadable(),
            _ => null,
        };
    }

    private async Task<OperationResult<Asset>?> TryFinishAsync(Asset asset, CancellationToken cancellationToken)
    {
        if (await store.TryWriteAsync(asset.Confirm(time.GetUtcNow()), cancellationToken) is not { } confirmed)
        {
            return null;
        }

        // If storage rejects the deletion, the cleanup work deletes the upload later.
        await blobs.TryRemoveUploadAsync(asset.WorkspaceId, asset.Id, cancellationToken);
        return confirmed;
    }

    /// <summary>Returns the error of an upload, or null if it matches its declaration.</summary>
    private static ApiError? Validate(Asset asset, Upload? upload) =>
        upload is null ? AssetErrors.NotUploaded()
        : upload == Upload.Unreadable ? AssetErrors.Unreadable()
        : upload.Size > asset.FileSize ? AssetErrors.TooLarge(asset)
        : upload.Size < asset.FileSize ? AssetErrors.TooSmall(asset)
        : asset.Type.Matches(upload.FirstBytes.Span) ? null
        : AssetErrors.OtherType(asset);
}
