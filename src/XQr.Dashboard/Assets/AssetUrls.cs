using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace XQr.Dashboard.Assets;

/// <summary>
/// The static files of the dashboard. Each is embedded in the assembly, and its URL has the hash of its content, so that browsers keep it.
/// </summary>
internal static class AssetUrls
{
    private const string Prefix = "assets/";

    private static readonly FrozenDictionary<string, string> Urls = typeof(AssetUrls).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenDictionary(name => name[Prefix.Length..], name => $"{Paths.Root}/assets/{HashOf(name)}/{name[Prefix.Length..]}");

    /// <summary>Returns the URL of a file.</summary>
    public static string Of(string name) => Urls[name];

    /// <summary>Finds the URL of a file.</summary>
    public static bool TryFind(string name, [NotNullWhen(true)] out string? url) => Urls.TryGetValue(name, out url);

    /// <summary>Returns the content of a file.</summary>
    public static Stream Open(string name) => typeof(AssetUrls).Assembly.GetManifestResourceStream(Prefix + name)!;

    private static string HashOf(string resource)
    {
        using var content = typeof(AssetUrls).Assembly.GetManifestResourceStream(resource)!;
        return Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 8));
    }
}
