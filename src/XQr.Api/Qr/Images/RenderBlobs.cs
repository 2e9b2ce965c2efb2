using System.Globalization;
using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs.Models;
using XQr.Api.Storage;
using XQr.Rendering;

namespace XQr.Api.Qr.Images;

/// <summary>
/// Stores rendered images. Container <c>qr-renders</c>, blob <c>{key}</c> (see <see cref="ImageKey"/>), with the metadata <c>sha256</c> of
/// the image, and <c>logo_size</c> for a reduced logo. A rule of the storage account deletes them 30 days after creation.
/// </summary>
internal sealed class RenderBlobs(Containers containers)
{
    private const string Hash = "sha256";
    private const string LogoSize = "logo_size";

    /// <summary>Returns an image, or null if there is none or it is incomplete. Takes one transaction.</summary>
    public async Task<QrOutcome.Image?> FindAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            var blob = (await containers.QrRenders.GetBlobClient(key).DownloadContentAsync(cancellationToken)).Value;
            var (image, metadata) = (blob.Content.ToArray(), blob.Details.Metadata);
            return metadata.TryGetValue(Hash, out var hash) && hash == HashOf(image)
                ? new(image, metadata.TryGetValue(LogoSize, out var size) ? double.Parse(size, CultureInfo.InvariantCulture) : null)
                : null;
        }
        catch (RequestFailedException failure) when (failure.Status == 404)
        {
            return null;
        }
    }

    /// <summary>Stores an image. Takes one transaction.</summary>
    public Task WriteAsync(string key, QrOutcome.Image image, CancellationToken cancellationToken)
    {
        var metadata = new Dictionary<string, string> { [Hash] = HashOf(image.Bytes) };
        if (image.ReducedLogoSize is { } size)
        {
            metadata[LogoSize] = size.ToString(CultureInfo.InvariantCulture);
        }

        return containers.QrRenders.GetBlobClient(key).UploadAsync(
            new BinaryData(image.Bytes), new BlobUploadOptions { Metadata = metadata }, cancellationToken);
    }

    private static string HashOf(byte[] image) => Convert.ToHexStringLower(SHA256.HashData(image));
}
