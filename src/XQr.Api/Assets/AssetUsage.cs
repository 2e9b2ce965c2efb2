using XQr.Api.Storage;
using XQr.Api.Tenancy;

namespace XQr.Api.Assets;

/// <summary>The asset counts of a workspace, which change in the same transaction as the assets.</summary>
/// <param name="Assets">The number of assets, including pending ones.</param>
/// <param name="Bytes">The sum of their sizes in bytes.</param>
internal sealed record AssetUsage(int Assets, long Bytes) : ICounts<AssetUsage>
{
    public static AssetUsage None { get; } = new(0, 0);

    public static AssetUsage operator +(AssetUsage one, AssetUsage other) => new(one.Assets + other.Assets, one.Bytes + other.Bytes);

    public AssetUsage Divide(Share share) => new(share.Of(Assets), share.Of(Bytes));

    /// <summary>Counts a new asset, within the limit of bytes.</summary>
    public static CountChange<AssetUsage> Add(Asset asset, long? limit) => new(
        usage => new(usage.Assets + 1, usage.Bytes + asset.FileSize),
        limit is { } max ? (usage, share) => usage.Bytes <= share.Of(max) : null);

    /// <summary>Counts one asset less.</summary>
    public static CountChange<AssetUsage> Remove(Asset asset) => new(usage => new(usage.Assets - 1, usage.Bytes - asset.FileSize));
}

/// <summary>Gets the usage of a workspace in assets.</summary>
internal sealed class AssetUsageSource(AssetStore store) : IUsageSource
{
    public async Task<Usage> FindAsync(string workspaceId, DateTimeOffset now, CancellationToken cancellationToken) =>
        new(StorageBytes: (await store.FindUsageAsync(workspaceId, cancellationToken)).Bytes);
}
