using Azure.Storage.Blobs;

namespace XQr.Api.Storage;

/// <summary>
/// Provides the blob containers of the service. Only published assets are public, and the container cannot be listed.
/// <list type="table">
/// <item><term>assets</term><description>uploaded files</description></item>
/// <item><term>assets-public</term><description>published copies, which anyone with their address may read</description></item>
/// <item><term>data-protection</term><description>the keys that protect the cookies of the dashboard</description></item>
/// <item><term>idempotency</term><description>responses that are too large for their row</description></item>
/// <item><term>quarantine</term><description>batches of scans that the table refused</description></item>
/// <item><term>qr-logos</term><description>the logos of templates</description></item>
/// <item><term>qr-renders</term><description>QR code images that take longer to draw than to read</description></item>
/// </list>
/// </summary>
internal sealed class Containers(BlobServiceClient service)
{
    public BlobContainerClient Assets { get; } = service.GetBlobContainerClient("assets");

    public BlobContainerClient AssetsPublic { get; } = service.GetBlobContainerClient("assets-public");

    public BlobContainerClient DataProtection { get; } = service.GetBlobContainerClient("data-protection");

    public BlobContainerClient Idempotency { get; } = service.GetBlobContainerClient("idempotency");

    public BlobContainerClient Quarantine { get; } = service.GetBlobContainerClient("quarantine");

    public BlobContainerClient QrLogos { get; } = service.GetBlobContainerClient("qr-logos");

    public BlobContainerClient QrRenders { get; } = service.GetBlobContainerClient("qr-renders");

    public IReadOnlyList<BlobContainerClient> Private => [Assets, DataProtection, Idempotency, QrLogos, QrRenders, Quarantine];

    public IReadOnlyList<BlobContainerClient> Public => [AssetsPublic];

    public IReadOnlyList<BlobContainerClient> All => [.. Private, .. Public];
}
