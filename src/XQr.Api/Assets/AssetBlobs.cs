using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Microsoft.Net.Http.Headers;
using XQr.Api.Storage;

namespace XQr.Api.Assets;

/// <summary>
/// Stores the content of assets. Container <c>assets</c>:
/// <list type="table">
/// <item><term><c>{workspace}/{id}/upload</c></term><description>the client's upload, writable while the upload URL is valid</description></item>
/// <item><term><c>{workspace}/{id}/content</c></term><description>the confirmed content: a copy, because the upload can still be
/// overwritten</description></item>
/// </list>
/// Container <c>assets-public</c>: <c>{id}/{random}.{extension}</c>, the public copy, with a new name each time. Storage itself makes the
/// copies; only SVG images are read and written here, because they are sanitized. The headers that browsers use are set before a blob becomes
/// public, and are never those of the upload.
/// </summary>
internal sealed class AssetBlobs(Containers containers, UploadUrls urls)
{
    /// <summary>Lets caches keep the content forever: a public name is never reused for another content.</summary>
    private const string CacheForever = "public, max-age=31536000, immutable";

    /// <summary>Creates an upload URL for the asset. Takes no transaction, except one from time to time.</summary>
    public Task<Uri> NewUploadUrlAsync(Asset asset, TimeSpan lifetime, CancellationToken cancellationToken) =>
        urls.NewAsync(UploadOf(asset.WorkspaceId, asset.Id), lifetime, cancellationToken);

    /// <summary>Returns the upload, or null if there is none. Takes one transaction.</summary>
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
            // The blob exists and is empty.
            return new(0, ReadOnlyMemory<byte>.Empty, "");
        }
        catch (RequestFailedException failure) when (ClientBlobs.IsRefusal(failure))
        {
            return Upload.Unreadable;
        }
    }

    /// <summary>Copies an upload to the asset's content. Takes one transaction.</summary>
    public async Task<UploadCopy> CopyUploadAsync(Asset asset, Upload upload, CancellationToken cancellationToken)
    {
        try
        {
            var (from, to) = (UploadOf(asset.WorkspaceId, asset.Id), ContentOf(asset.WorkspaceId, asset.Id));
            return await TryCopyAsync(from, to, new ETag(upload.Version), asset, cancellationToken) ? UploadCopy.Done : UploadCopy.Changed;
        }
        catch (RequestFailedException failure) when (ClientBlobs.IsRefusal(failure))
        {
            return UploadCopy.Unreadable;
        }
    }

    /// <summary>Returns the asset's content, or null if it was deleted. Takes one transaction.</summary>
    public Task<byte[]?> ReadContentAsync(Asset asset, CancellationToken cancellationToken) =>
        ReadAsync(ContentOf(asset.WorkspaceId, asset.Id), AssetFields.MaxFileSize, cancellationToken);

    /// <summary>Returns the public content of an asset, or null if it was deleted or is larger. Takes one transaction.</summary>
    public async Task<byte[]?> ReadPublicAsync(Asset asset, int maxBytes, CancellationToken cancellationToken) =>
        asset.PublicName is { } name ? await ReadAsync(PublicOf(name), maxBytes, cancellationToken) : null;

    /// <summary>Creates the asset's public blob. Returns false if the content was deleted. Takes two transactions.</summary>
    public async Task<bool> TryPublishAsync(Asset asset, CancellationToken cancellationToken)
    {
        var content = ContentOf(asset.WorkspaceId, asset.Id);
        return await TrySetHeadersAsync(content, asset, cancellationToken)
            && await TryCopyAsync(content, PublicOf(asset.PublicName!), null, asset, cancellationToken);
    }

    /// <summary>Creates the asset's public blob with this content. Takes one transaction.</summary>
    public Task PublishAsync(Asset asset, byte[] content, CancellationToken cancellationToken) => PublicOf(asset.PublicName!).UploadAsync(
        new BinaryData(content), new BlobUploadOptions { HttpHeaders = HeadersOf(asset), Metadata = MetadataOf(asset) }, cancellationToken);

    /// <summary>Sets the current file name of the public blob. Takes one transaction.</summary>
    public Task RenamePublicAsync(Asset asset, CancellationToken cancellationToken) =>
        TrySetHeadersAsync(PublicOf(asset.PublicName!), asset, cancellationToken);

    /// <summary>Tries to delete the upload. Takes one transaction.</summary>
    /// <returns>True if the upload is deleted.</returns>
    public Task<bool> TryRemoveUploadAsync(string workspaceId, Guid id, CancellationToken cancellationToken) =>
        ClientBlobs.TryRemoveAsync(UploadOf(workspaceId, id), cancellationToken);

    /// <summary>Deletes the blocks of an unfinished upload. Takes one transaction.</summary>
    public Task RemoveBlocksAsync(string workspaceId, Guid id, CancellationToken cancellationToken) =>
        ClientBlobs.RemoveBlocksAsync(containers.Assets.GetBlockBlobClient(UploadOf(workspaceId, id).Name), cancellationToken);

    /// <summary>Deletes the content, if it exists. Takes one transaction.</summary>
    public Task RemoveContentAsync(string workspaceId, Guid id, CancellationToken cancellationToken) =>
        RemoveAsync(ContentOf(workspaceId, id), cancellationToken);

    /// <summary>Deletes a public blob, if it exists. Takes one transaction.</summary>
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

    /// <summary>Returns the metadata, which is explicit so that a copy does not inherit that of the upload.</summary>
    private static Dictionary<string, string> MetadataOf(Asset asset) => new() { ["asset"] = asset.Id.ToString() };

    private static BlobHttpHeaders HeadersOf(Asset asset)
    {
        var disposition = new ContentDispositionHeaderValue(asset.Type.IsShown ? "inline" : "attachment");
        disposition.SetHttpFileName(AssetFields.WithoutHidden(asset.Filename));
        return new() { ContentType = asset.Type.MimeType, ContentDisposition = disposition.ToString(), CacheControl = CacheForever };
    }
}
