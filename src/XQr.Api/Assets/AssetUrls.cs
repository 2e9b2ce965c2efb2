using Microsoft.Extensions.Options;
using XQr.Api.Primitives;
using XQr.Api.Storage;

namespace XQr.Api.Assets;

/// <summary>Creates and reads the URLs of published assets.</summary>
internal sealed class AssetUrls(Containers containers, IOptions<AssetOptions> options)
{
    private readonly string root = $"{(options.Value.PublicBaseUrl is { Length: > 0 } set ? set : containers.AssetsPublic.Uri.ToString()).TrimEnd('/')}/";

    /// <summary>Returns the URL, or null if the asset is private.</summary>
    public string? Of(Asset asset) => asset.IsPublic ? root + asset.PublicName : null;

    /// <summary>Returns the asset id and name in a URL, or null.</summary>
    public Guid? IdOf(string url) =>
        url.StartsWith(root, StringComparison.Ordinal) && Ids.TryParse(url[root.Length..].Split('/')[0], out var id) ? id : null;
}
