using Azure;
using Azure.Storage.Blobs.Models;
using XQr.Api.Primitives;
using XQr.Api.Storage;
using XQr.Rendering.Logos;

namespace XQr.Api.Qr.Logos;

/// <summary>
/// Stores the logos of templates. Container <c>qr-logos</c>, blob <c>{workspace}/{template id}/{version}-{hash}</c>, with the first version
/// of the template that has the logo and the hash of the content: a name is never reused for another logo. A blob is written before its row
/// and deleted after it, so the blob of a row always exists. <see cref="Templates.LogoSweep"/> deletes blobs without a row.
/// </summary>
internal sealed class LogoBlobs(Containers containers, TimeProvider time)
{
    private const int MaxBytes = 32 * 1024 * 1024;

    private readonly BoundedCache<byte[]> cache = new(MaxBytes, TimeSpan.FromHours(1), time, bytes => bytes.Length);

    /// <summary>Stores the logo of a template's new version. Takes one transaction.</summary>
    public async Task<StoredLogo> AddAsync(string workspaceId, Guid templateId, string version, QrLogo logo, CancellationToken cancellationToken)
    {
        var hash = StoredLogo.HashOf(logo);
        var name = $"{workspaceId}/{templateId}/{version}-{hash.AsSpan(0, 16)}";
        await containers.QrLogos.GetBlobClient(name).UploadAsync(new BinaryData(logo.Bytes), overwrite: true, cancellationToken);
        return new(name, logo.Kind, hash);
    }

    /// <summary>Returns a logo, or null if it was deleted with its template. Takes at most one transaction.</summary>
    public async Task<QrLogo?> FindAsync(StoredLogo logo, CancellationToken cancellationToken)
    {
        if (cache.TryGet(logo.BlobName, out var known))
        {
            return new(logo.Kind, known);
        }

        try
        {
            var bytes = (await containers.QrLogos.GetBlobClient(logo.BlobName).DownloadContentAsync(cancellationToken)).Value.Content.ToArray();
            cache.Set(logo.BlobName, bytes);
            return new(logo.Kind, bytes);
        }
        catch (RequestFailedException failure) when (failure.Status == 404)
        {
            return null;
        }
    }

    /// <summary>Deletes a logo. Takes one transaction.</summary>
    public Task RemoveAsync(string name, CancellationToken cancellationToken) =>
        containers.QrLogos.DeleteBlobIfExistsAsync(name, cancellationToken: cancellationToken);

    /// <summary>Returns the logos of a workspace. Takes one transaction for each 5,000.</summary>
    public IAsyncEnumerable<LogoBlob> ListAsync(string workspaceId, CancellationToken cancellationToken) =>
        containers.QrLogos.GetBlobsAsync(new GetBlobsOptions { Prefix = $"{workspaceId}/" }, cancellationToken)
            .Select(blob => new LogoBlob(blob.Name, blob.Properties.ETag!.Value.ToString(), blob.Properties.LastModified!.Value));

    /// <summary>Returns the workspaces that have logos, in the order of their ids. Takes one transaction for each 5,000.</summary>
    public IAsyncEnumerable<string> ListWorkspacesAsync(CancellationToken cancellationToken) =>
        containers.QrLogos.GetBlobsByHierarchyAsync(new GetBlobsByHierarchyOptions { Delimiter = "/" }, cancellationToken)
            .Where(item => item.IsPrefix)
            .Select(item => item.Prefix.TrimEnd('/'));

    /// <summary>Deletes a logo unless it was written again since it was listed. Takes one transaction.</summary>
    public async Task RemoveAsync(LogoBlob logo, CancellationToken cancellationToken)
    {
        try
        {
            var unchanged = new BlobRequestConditions { IfMatch = new(logo.Version) };
            await containers.QrLogos.GetBlobClient(logo.Name).DeleteIfExistsAsync(conditions: unchanged, cancellationToken: cancellationToken);
        }
        catch (RequestFailedException failure) when (failure.Status == 412)
        {
            // A repeated creation of the template has written the logo again.
        }
    }
}

/// <summary>A listed logo.</summary>
internal readonly record struct LogoBlob(string Name, string Version, DateTimeOffset WrittenAt);
