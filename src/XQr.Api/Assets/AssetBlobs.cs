using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Microsoft.Net.Http.Headers;
using XQr.Api.Storage;

namespace XQr.Api.Assets;

/// <summary>
/// The content of assets. Container <c>assets</c>:
/// <list type="table">
/// <item><term><c>{workspace}/{id}/upload</c></term><description>what the caller writes, for as long as the upload URL lives</description></item>
/// <item><term><c>{workspace}/{id}/content</c></term><description>what was confirmed: a copy, as the upload may still be written over</description></item>
/// </list>
/// Container <c>assets-public</c>: <c>{id}/{random}.{extension}</c>, the published copy, under another name each time. Copies are made by
/// storage itself; only an SVG image passes through here, to be made harmless. The headers that a browser goes by are set before a blob
/// becomes public, and are never those of the upload.
/// </summary>
internal sealed class AssetBlobs(Containers containers, UploadUrls urls)
{
    /// <summary>A public name is never used for another content.</summary>
    private const string CacheForever = "public, max-age=31536000, immutable";

    /// <summary>A URL that takes the asset's content. No transaction, but for one now and then.</summary>
    public Task<Uri> NewUploadUrlAsync(Asset asset, TimeSpan life, CancellationToken cancellationToken) =>
        urls.NewAsync(UploadOf(asset.WorkspaceId, asset.Id), life, cancellationToken);

    /// <summary>What was uploaded; null where nothing was. One transaction.</summary>
    public async Task<Upload?> FindUploadAsync(Asset asset, CancellationToken cancellationToken)
    {
        var options = new BlobDownloadOptions { Range = new HttpRange(0, AssetTypes.FirstBytesLength) };
        try
        {
            var blob = (await UploadOf(asset.WorkspaceId, asset.Id).DownloadContentAsync(options, cancellationToken)).Value;
            var size = ContentRangeHeaderValue.Parse(blob.Details.ContentRange).Length!.Value;
            return new(size, blob.Content, blob.Details.ETag.ToString());
        }
        catch (RequestFailedException failure) when (failure.Status == 404)
        {
            return null;
        }
        catch (RequestFailedException failure) when (failure.Status == 416)
        {
            // There is a blob, and no first byte in it.
            return new(0, ReadOnlyMemory<byte>.Empty, "");
        }
        catch (RequestFailedException failure) when (ClientBlobs.IsRefusal(failure))
        {
            return Upload.Unreadable;
        }
    }

    /// <summary>Keeps an upload as the asset's content. One transaction.</summary>
    /// <returns>The outcome is <see cref="AssetOutcome.Unreadable"/> where the blob can't be copied; null where it was written over or removed since.</returns>
    public async Task<AssetOutcome?> KeepAsync(Asset asset, Upload upload, CancellationToken cancellationToken)
    {
        try
        {
            var (from, to) = (UploadOf(asset.WorkspaceId, asset.Id), ContentOf(asset.WorkspaceId, asset.Id));
            return await TryCopyAsync(from, to, new ETag(upload.Version), asset, cancellationToken) ? AssetOutcome.Done : null;
        }
        catch (RequestFailedException failure) when (ClientBlobs.IsRefusal(failure))
        {
            return AssetOutcome.Unreadable;
        }
    }

    /// <summary>The asset's content; null where it is gone. One transaction.</summary>
    public Task<byte[]?> ReadContentAsync(Asset asset, CancellationToken cancellationToken) =>
        ReadAsync(ContentOf(asset.WorkspaceId, asset.Id), AssetFields.MaxFileSize, cancellationToken);

    /// <summary>What is published of an asset; null where it is gone, or larger. One transaction.</summary>
    public async Task<byte[]?> ReadPublicAsync(Asset asset, int maxBytes, CancellationToken cancellationToken) =>
        asset.PublicName is { } name ? await ReadAsync(PublicOf(name), maxBytes, cancellationToken) : null;

    /// <summary>Makes the asset's public blob; false where its content is gone. Two transactions.</summary>
    public async Task<bool> TryPublishAsync(Asset asset, CancellationToken cancellationToken)
    {
        var content = ContentOf(asset.WorkspaceId, asset.Id);
        return await TrySetHeadersAsync(content, asset, cancellationToken)
            && await TryCopyAsync(content, PublicOf(asset.PublicName!), null, asset, cancellationToken);
    }

    /// <summary>Makes the asset's public blob of this content. One transaction.</summary>
    public Task PublishAsync(Asset asset, byte[] content, CancellationToken cancellationToken) => PublicOf(asset.PublicName!).UploadAsync(
        new BinaryData(content), new BlobUploadOptions { HttpHeaders = HeadersOf(asset), Metadata = MetadataOf(asset) }, cancellationToken);

    /// <summary>Lets the public blob say the file's present name. One transaction.</summary>
    public Task RenamePublicAsync(Asset asset, CancellationToken cancellationToken) => TrySetHeadersAsync(PublicOf(asset.PublicName!), asset, cancellationToken);

    /// <summary>Removes what was uploaded, as far as the client's blob allows it. One transaction.</summary>
    /// <returns>Whether it is gone.</returns>
    public Task<bool> TryRemoveUploadAsync(string workspaceId, Guid id, CancellationToken cancellationToken) =>
        ClientBlobs.TryRemoveAsync(UploadOf(workspaceId, id), cancellationToken);

    /// <summary>Removes blocks of an upload that was never finished. One transaction.</summary>
    public Task RemoveBlocksAsync(string workspaceId, Guid id, CancellationToken cancellationToken) =>
        ClientBlobs.RemoveBlocksAsync(containers.Assets.GetBlockBlobClient(UploadOf(workspaceId, id).Name), cancellationToken);

    /// <summary>One transaction.</summary>
    public Task RemoveContentAsync(string workspaceId, Guid id, CancellationToken cancellationToken) => RemoveAsync(ContentOf(workspaceId, id), cancellationToken);

    /// <summary>One transaction.</summary>
    public Task RemovePublicAsync(string name, CancellationToken cancellationToken) => RemoveAsync(PublicOf(name), cancellationToken);

    private BlobClient UploadOf(string workspaceId, Guid id) => containers.Assets.GetBlobClient($"{workspaceId}/{id}/upload");

    private BlobClient ContentOf(string workspaceId, Guid id) => containers.Assets.GetBlobClient($"{workspaceId}/{id}/content");

    private BlobClient PublicOf(string name) => containers.AssetsPublic.GetBlobClient(name);

    private static async Task<byte[]?> ReadAsync(BlobClient blob, long maxBytes, CancellationToken cancellationToken)
    {
        try
        {
            using var download = (await blob.DownloadStreamingAsync(cancellationToken: cancellationToken)).Value;
            if (download.Details.ContentLength > maxBytes)
            {
                return null;
            }

            using var bytes = new MemoryStream();
            await download.Content.CopyToAsync(bytes, cancellationToken);
            return bytes.ToArray();
        }
        catch (RequestFailedException failure) when (failure.Status == 404)
        {
            return null;
        }
    }

    private async Task<bool> TryCopyAsync(BlobClient from, BlobClient to, ETag? version, Asset asset, CancellationToken cancellationToken)
    {
        var source = await urls.NewSourceAsync(from, cancellationToken);
        var options = new BlobCopyFromUriOptions { SourceConditions = new BlobRequestConditions { IfMatch = version }, Metadata = MetadataOf(asset) };
        try
        {
            await to.SyncCopyFromUriAsync(source, options, cancellationToken);
            return true;
        }
        catch (RequestFailedException failure) when (failure.Status is 404 or 412)
        {
            return false;
        }
    }

    private static async Task<bool> TrySetHeadersAsync(BlobClient blob, Asset asset, CancellationToken cancellationToken)
    {
        try
        {
            await blob.SetHttpHeadersAsync(HeadersOf(asset), cancellationToken: cancellationToken);
            return true;
        }
        catch (RequestFailedException failure) when (failure.Status == 404)
        {
            return false;
        }
    }

    private static Task<Response<bool>> RemoveAsync(BlobClient blob, CancellationToken cancellationToken) =>
        blob.DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, cancellationToken: cancellationToken);

    /// <summary>Its own, so that a copy doesn't take over what came with the upload.</summary>
    private static Dictionary<string, string> MetadataOf(Asset asset) => new() { ["asset"] = asset.Id.ToString() };

    private static BlobHttpHeaders HeadersOf(Asset asset)
    {
        var disposition = new ContentDispositionHeaderValue(asset.Type.IsShown ? "inline" : "attachment");
        disposition.SetHttpFileName(AssetFields.WithoutHidden(asset.Filename));
        return new() { ContentType = asset.Type.MimeType, ContentDisposition = disposition.ToString(), CacheControl = CacheForever };
    }
}
