using Microsoft.Net.Http.Headers;
using XQr.Api.Pipeline;

namespace XQr.Api.Assets;

/// <summary>Creates and compares the entity tags of assets.</summary>
internal static class AssetVersion
{
    public static EntityTagHeaderValue TagOf(Asset asset) => ResourceVersion.ToTag(asset.Version);

    /// <summary>Returns whether a tag, with its quotes, has the current version of an asset.</summary>
    public static bool Is(string tag, Asset asset) => tag == TagOf(asset).Tag;
}
