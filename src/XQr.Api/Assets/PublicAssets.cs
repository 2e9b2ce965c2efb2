namespace XQr.Api.Assets;

/// <summary>Finds published assets by their URLs.</summary>
internal sealed class PublicAssets(AssetStore store, AssetBlobs blobs, AssetUrls urls)
{
    /// <summary>Returns whether a URL is or was that of a published asset.</summary>
    public bool IsOwn(string url) => urls.IdOf(url) is not null;

    /// <summary>Returns the asset of a workspace with this <c>public_url</c>, or null. Takes one transaction.</summary>
    public async Task<Asset?> FindAsync(string workspaceId, string url, CancellationToken cancellationToken) =>
        urls.IdOf(url) is { } id && await store.FindAsync(workspaceId, id, cancellationToken) is { } asset && urls.Of(asset) == url ? asset : null;

    /// <summary>Returns the public content of an asset, or null if it was deleted or is larger. Takes one transaction.</summary>
    public Task<byte[]?> ReadAsync(Asset asset, int maxBytes, CancellationToken cancellationToken) =>
        blobs.ReadPublicAsync(asset, maxBytes, cancellationToken);
}
