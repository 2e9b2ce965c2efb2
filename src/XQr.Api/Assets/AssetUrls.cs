using Microsoft.Extensions.Options;
using XQr.Api.Primitives;
using XQr.Api.Storage;

namespace XQr.Api.Assets;

/// <summary>Creates and parses the URLs of published assets.</summary>
internal sealed class AssetUrls(Containers containers, IOptions<AssetOptions> options)
{
    private readonly string root =
        $"{(options.Value.PublicBaseUrl is { Length: > 0 } configured ? configured : containers.AssetsPublic.Uri.ToString()).TrimEnd('/')}/";

    /// <summary>Returns the URL of an asset, or null if it is private.</summary>
    public string? Of(Asset asset) => asset.IsPublic ? root + asset.PublicName : null;

    /// <summary>Returns the id of the asset in a URL, or null if the URL is not of an asset.</summary>
    public Guid? IdOf(string url) =>
        url.StartsWith(root, StringComparison.Ordinal) && Ids.TryParse(url[root.Length..].Split('/')[0], out var id) ? id : null;
}
