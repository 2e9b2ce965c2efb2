using Azure;
using Azure.Storage.Blobs.Models;
using XQr.Api.Storage;
using XQr.Rendering.Logos;

namespace XQr.Api.Qr.Logos;

/// <summary>
/// The logos of templates. Container <c>qr-logos</c>, blob <c>{workspace}/{template id}/{version}-{hash}</c>, of the template's version
/// that first had it and of its content: no name is ever used for another logo. A blob is written before its row and removed after it,
/// so that a row's blob is always there; one that no row names is swept, see <see cref="LogoSweep"/>.
/// </summary>
internal sealed class LogoBlobs(Containers containers)
{
    private readonly ByteCache<byte[]> cache = new(maxBytes: 32 * 1024 * 1024, bytes => bytes.Length);

    /// <summary>Stores the logo of a template's new version. One transaction.</summary>
    public async Task<StoredLogo> AddAsync(string workspaceId, Guid templateId, string version, QrLogo logo, CancellationToken cancellationToken)
    {
        var hash = StoredLogo.HashOf(logo);
        var name = $"{workspaceId}/{templateId}/{version}-{hash.AsSpan(0, 16)}";
        await containers.QrLogos.GetBlobClient(name).UploadAsync(new BinaryData(logo.Bytes), overwrite: true, cancellationToken);
        return new(name, logo.Kind, hash);
    }

    /// <summary>A logo by its blob; null where the blob is gone, as its template is. One transaction, or none.</summary>
    public async Task<QrLogo?> FindAsync(StoredLogo logo, CancellationToken cancellationToken)
    {
        if (cache.Find(logo.BlobName) is { } known)
        {
            return new(logo.Kind, known);
        }

        try
        {
            var bytes = (await containers.QrLogos.GetBlobClient(logo.BlobName).DownloadContentAsync(cancellationToken)).Value.Content.ToArray();
            cache.Add(logo.BlobName, bytes);
            return new(logo.Kind, bytes);
        }
        catch (RequestFailedException failure) when (failure.Status == 404)
        {
            return null;
        }
    }

    /// <summary>One transaction.</summary>
    public Task RemoveAsync(string name, CancellationToken cancellationToken) =>
        containers.QrLogos.DeleteBlobIfExistsAsync(name, cancellationToken: cancellationToken);

    /// <summary>Logos written before a time, those of a workspace together. One transaction for each 5,000 blobs.</summary>
    public IAsyncEnumerable<LogoBlob> ListAsync(DateTimeOffset olderThan, CancellationToken cancellationToken) =>
        containers.QrLogos.GetBlobsAsync(cancellationToken: cancellationToken)
            .Where(blob => blob.Properties.LastModified < olderThan)
            .Select(blob => new LogoBlob(blob.Name, blob.Properties.ETag!.Value.ToString()));

    /// <summary>Removes a logo unless it was written anew since it was listed. One transaction.</summary>
    public async Task RemoveAsync(LogoBlob logo, CancellationToken cancellationToken)
    {
        try
        {
            var unchanged = new BlobRequestConditions { IfMatch = new(logo.Version) };
            await containers.QrLogos.GetBlobClient(logo.Name).DeleteIfExistsAsync(conditions: unchanged, cancellationToken: cancellationToken);
        }
        catch (RequestFailedException failure) when (failure.Status == 412)
        {
            // Its template's creation is run again.
        }
    }
}

/// <summary>A logo as it is listed.</summary>
internal readonly record struct LogoBlob(string Name, string Version)
{
    public string WorkspaceId => Name.Split('/')[0];
}
