using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs.Models;
using XQr.Api.Storage;

namespace XQr.Api.Qr.Images;

/// <summary>
/// Images that were rendered before. Container <c>qr-renders</c>, blob <c>{key}</c>, see <see cref="ImageKey"/>, with the metadata
/// <c>sha256</c> of the image. They are removed by a rule of the storage account, 30 days after they were made.
/// </summary>
internal sealed class RenderBlobs(Containers containers)
{
    private const string Hash = "sha256";

    /// <summary>An image; null where there is none, or it isn't whole. One transaction.</summary>
    public async Task<byte[]?> FindAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            var blob = (await containers.QrRenders.GetBlobClient(key).DownloadContentAsync(cancellationToken)).Value;
            var image = blob.Content.ToArray();
            return blob.Details.Metadata.TryGetValue(Hash, out var hash) && hash == HashOf(image) ? image : null;
        }
        catch (RequestFailedException failure) when (failure.Status == 404)
        {
            return null;
        }
    }

    /// <summary>One transaction.</summary>
    public Task WriteAsync(string key, byte[] image, CancellationToken cancellationToken) => containers.QrRenders.GetBlobClient(key).UploadAsync(
        new BinaryData(image), new BlobUploadOptions { Metadata = new Dictionary<string, string> { [Hash] = HashOf(image) } }, cancellationToken);

    private static string HashOf(byte[] image) => Convert.ToHexStringLower(SHA256.HashData(image));
}
