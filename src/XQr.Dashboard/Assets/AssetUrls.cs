using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Microsoft.AspNetCore.StaticFiles;

namespace XQr.Dashboard.Assets;

/// <summary>
/// The static files of the dashboard. Each is embedded in the assembly, and its URL has the hash of its content, so that browsers keep it.
/// </summary>
internal static class AssetUrls
{
    private const string Prefix = "assets/";

    private static readonly FrozenDictionary<string, AssetFile> Files = Read();

    /// <summary>Gets the files.</summary>
    public static IReadOnlyCollection<AssetFile> All => Files.Values;

    /// <summary>Returns the URL of a file.</summary>
    public static string Of(string name) => Files[name].Url;

    /// <summary>Finds a file by its name and the hash of its content.</summary>
    public static bool TryFind(string name, string hash, [NotNullWhen(true)] out AssetFile? file) =>
        Files.TryGetValue(name, out file) && file.Hash == hash;

    /// <summary>Returns the content of a file.</summary>
    /// <param name="name">The name of the file.</param>
    /// <param name="encoding">The encoding, or null for the file as it is.</param>
    public static Stream Open(string name, AssetEncoding? encoding = null) =>
        typeof(AssetUrls).Assembly.GetManifestResourceStream($"{Prefix}{name}{encoding?.Extension}")!;

    /// <summary>Reads the embedded files; <c>app.css.br</c> and <c>app.css.gz</c> are <c>app.css</c>, compressed by the build.</summary>
    private static FrozenDictionary<string, AssetFile> Read()
    {
        var types = new FileExtensionContentTypeProvider();
        var names = typeof(AssetUrls).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..])
            .Where(name => !AssetEncoding.All.Any(encoding => name.EndsWith(encoding.Extension, StringComparison.Ordinal)));
        return names.ToFrozenDictionary(
            name => name,
            name => new AssetFile(name, HashOf(name), types.TryGetContentType(name, out var type) ? type : "application/octet-stream"));
    }

    private static string HashOf(string name)
    {
        using var content = Open(name);
        return Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 8));
    }
}

/// <summary>A static file of the dashboard.</summary>
/// <param name="Name">The name, such as <c>app.css</c>.</param>
/// <param name="Hash">The hash of the content.</param>
/// <param name="Type">The media type.</param>
internal sealed record AssetFile(string Name, string Hash, string Type)
{
    /// <summary>Gets the URL, which changes with the content.</summary>
    public string Url { get; } = $"{Paths.Root}/assets/{Hash}/{Name}";
}
