
using XQr.Api.Tenancy;

namespace XQr.Api.Assets;

/// <summary>Assets, as part of what a workspace uses.</summary>
internal sealed class AssetUsageSource(AssetStore store) : IUsageSource
{
    public async Task<Usage> FindAsync(string workspaceId, DateTimeOffset now, CancellationToken cancellationToken) =>
        new(StorageBytes: (await store.FindUsageAsync(workspaceId, cancellationToken)).Bytes);
}
