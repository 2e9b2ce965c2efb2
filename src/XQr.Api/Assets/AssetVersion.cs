using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;
using XQr.Api.Pipeline;

namespace XQr.Api.Assets;

/// <summary>The versions of an asset, as conditional requests name them.</summary>
internal static class AssetVersion
{
    public static string New() => RandomNumberGenerator.GetHexString(16, lowercase: true);

    /// <summary>The version that a new asset begins with.</summary>
    public static string New(Operation operation) => operation.Text("0123456789abcdef", 16);

    public static EntityTagHeaderValue TagOf(Asset asset) => new($"\"{asset.Version}\"");

    /// <summary>Whether a tag, with its quotes, is of an asset's present version.</summary>
    public static bool Is(string tag, Asset asset) => tag == $"\"{asset.Version}\"";
}
