namespace XQr.Api.Assets;

/// <summary>What a workspace has stored, kept with its assets.</summary>
/// <param name="Assets">Assets, pending ones among them.</param>
/// <param name="Bytes">The sum of their sizes.</param>
internal sealed record AssetUsage(int Assets, long Bytes)
{
    public static AssetUsage None { get; } = new(0, 0);

    /// <summary>One asset more; null where there is no room for it.</summary>
    /// <param name="asset">The asset.</param>
    /// <param name="limit">How many bytes the workspace may have; null for any number.</param>
    public AssetUsage? Add(Asset asset, long? limit) => Bytes + asset.FileSize > limit ? null : new(Assets + 1, Bytes + asset.FileSize);

    public AssetUsage Remove(Asset asset) => new(Assets - 1, Bytes - asset.FileSize);
}
