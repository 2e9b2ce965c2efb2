using Microsoft.Net.Http.Headers;

namespace XQr.Api.Assets;

/// <summary>The versions of an asset, as conditional requests name them.</summary>
internal static class AssetVersion
{
    public static EntityTagHeaderValue TagOf(Asset asset) => new($"\"{asset.Version}\"");

    /// <summary>Whether a tag, with its quotes, is of an asset's present version.</summary>
    public static bool Is(string tag, Asset asset) => tag == $"\"{asset.Version}\"";
}
