using XQr.Api.Tenancy;

namespace XQr.Api.Assets;

/// <summary>The asset counts of a workspace, which change in the same transaction as the assets.</summary>
/// <param name="Assets">The number of assets, including pending ones.</param>
/// <param name="Bytes">The sum of their sizes in bytes.</param>
internal sealed record AssetUsage(int Assets, long Bytes)
{
    public static AssetUsage None { get; } = new(0, 0);

    /// <summary>Returns the counts with one more asset, or null if the limit is exceeded.</summary>
    /// <param name="asset">The asset.</param>
    /// <param name="limit">The maximum number of bytes; null if unlimited.</param>
    public AssetUsage? Add(Asset asset, long? limit) => Bytes + asset.FileSize > limit ? null : new(Assets + 1, Bytes + asset.FileSize);

    public AssetUsage Remove(Asset asset) => new(Assets - 1, Bytes - asset.FileSize);
}

/// <summary>Gets the usage of a workspace in assets.</summary>
internal sealed class AssetUsageSource(AssetStore store) : IUsageSource
{
    public async Task<Usage> FindAsync(string workspaceId, DateTimeOffset now, CancellationToken cancellationToken) =>
        new(StorageBytes: (await store.FindUsageAsync(workspaceId, cancellationToken)).Bytes);
}
