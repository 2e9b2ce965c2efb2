namespace XQr.Api.Assets;

/// <summary>Finds published assets by their addresses, for what refers to them by those.</summary>
internal sealed class PublicAssets(AssetStore store, AssetBlobs blobs, AssetUrls urls)
{
    /// <summary>Whether an address is one of published assets, present or past.</summary>
    public bool IsOwn(string url) => urls.IdOf(url) is not null;

    /// <summary>The asset of a workspace that has this <c>public_url</c>; null where it has none. One transaction.</summary>
    public async Task<Asset?> FindAsync(string workspaceId, string url, CancellationToken cancellationToken) =>
        urls.IdOf(url) is { } id && await store.FindAsync(workspaceId, id, cancellationToken) is { } asset && urls.Of(asset) == url ? asset : null;

    /// <summary>What anybody may read of it; null where it is gone, or larger. One transaction.</summary>
    public Task<byte[]?> ReadAsync(Asset asset, int maxBytes, CancellationToken cancellationToken) => blobs.ReadPublicAsync(asset, maxBytes, cancellationToken);
}
