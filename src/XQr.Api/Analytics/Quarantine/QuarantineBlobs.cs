using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using XQr.Api.Analytics.Scans;
using XQr.Api.Storage;

namespace XQr.Api.Analytics.Quarantine;

/// <summary>
/// Stores batches of scans that the table refused, until an operator retries them. Container <c>quarantine</c>, blob
/// <c>{workspace}/{batch}</c>: the scans (<see cref="ScanBatchFormat"/>), with the metadata <c>reason</c>.
/// </summary>
internal sealed class QuarantineBlobs(Containers containers)
{
    private const string Reason = "reason";

    /// <summary>Adds a batch. Repeated calls have no further effect. One transaction.</summary>
    public async Task AddAsync(string workspaceId, ScanBatch batch, string reason, CancellationToken cancellationToken)
    {
        var content = BinaryData.FromBytes(ScanBatchFormat.Write(batch.Scans));
        var options = new BlobUploadOptions { Metadata = new Dictionary<string, string> { [Reason] = reason } };
        try
        {
            await Blob(workspaceId, batch.Id).UploadAsync(content, options, cancellationToken);
        }
        catch (RequestFailedException failure) when (failure.Status == 404)
        {
            // A deployment of an earlier version has no such container.
            await containers.Quarantine.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            await Blob(workspaceId, batch.Id).UploadAsync(content, options, cancellationToken);
        }
    }

    /// <summary>Returns the ids of a workspace's batches and the reasons of their refusal. One transaction for each 5,000.</summary>
    public IAsyncEnumerable<(string Id, string Reason)> ListAsync(string workspaceId, CancellationToken cancellationToken) => containers.Quarantine
        .GetBlobsAsync(new GetBlobsOptions { Prefix = $"{workspaceId}/", Traits = BlobTraits.Metadata }, cancellationToken)
        .Select(blob => (blob.Name[(workspaceId.Length + 1)..], blob.Metadata.TryGetValue(Reason, out var reason) ? reason : ""));

    /// <summary>Returns the scans of a batch. One transaction.</summary>
    /// <exception cref="InvalidDataException">The blob does not contain scans.</exception>
    public async Task<IReadOnlyList<Scan>> ReadAsync(string workspaceId, string batchId, CancellationToken cancellationToken) =>
        ScanBatchFormat.Read((await Blob(workspaceId, batchId).DownloadContentAsync(cancellationToken)).Value.Content.ToArray());

    /// <summary>Removes a batch. One transaction.</summary>
    public Task RemoveAsync(string workspaceId, string batchId, CancellationToken cancellationToken) =>
        Blob(workspaceId, batchId).DeleteIfExistsAsync(cancellationToken: cancellationToken);

    private BlobClient Blob(string workspaceId, string batchId) => containers.Quarantine.GetBlobClient($"{workspaceId}/{batchId}");
}
