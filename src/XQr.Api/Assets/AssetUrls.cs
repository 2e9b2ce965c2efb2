using Microsoft.Extensions.Options;
using XQr.Api.Storage;

namespace XQr.Api.Assets;

/// <summary>The addresses of published assets.</summary>
internal sealed class AssetUrls(Containers containers, IOptions<AssetOptions> options)
{
    private readonly string root = $"{(options.Value.PublicBaseUrl is { Length: > 0 } set ? set : containers.AssetsPublic.Uri.ToString()).TrimEnd('/')}/";

    /// <summary>Null where the asset isn't public.</summary>
    public string? Of(Asset asset) => asset.IsPublic ? root + asset.PublicName : null;

    /// <summary>The asset that an address may be of; null where it is of none.</summary>
    public Guid? IdOf(string url) =>
        url.StartsWith(root, StringComparison.Ordinal) && Ids.TryParse(url[root.Length..].Split('/')[0], out var id) ? id : null;
}
