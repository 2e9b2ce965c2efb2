using Azure.Storage.Blobs;

namespace XQr.Api.Storage;

/// <summary>
/// The blob containers of the service, none of them public.
/// <list type="table">
/// <item><term>idempotency</term><description>answers that are too large for their row</description></item>
/// <item><term>maintenance</term><description>the blob whose lease makes maintenance run once at a time</description></item>
/// </list>
/// </summary>
internal sealed class Containers(BlobServiceClient service)
{
    public BlobContainerClient Idempotency { get; } = service.GetBlobContainerClient("idempotency");

    public BlobContainerClient Maintenance { get; } = service.GetBlobContainerClient("maintenance");

    public IReadOnlyList<BlobContainerClient> All => [Idempotency, Maintenance];
}
