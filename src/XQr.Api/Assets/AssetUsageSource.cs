using XQr.Api.Tenancy;

namespace XQr.Api.Assets;

/// <summary>Gets the usage of a workspace in assets.</summary>
internal sealed class AssetUsageSource(AssetStore store) : IUsageSource
{
    public async Task<Usage> FindAsync(string workspaceId, DateTimeOffset now, CancellationToken cancellationToken) =>
        new(StorageBytes: (await store.FindUsageAsync(workspaceId, cancellationToken)).Bytes);
}
