namespace XQr.Api.Assets;

/// <summary>Returns whether the first bytes of a content are those of a type.</summary>
internal delegate bool FirstBytes(ReadOnlySpan<byte> bytes);

/// <summary>An allowed type of assets.</summary>
/// <param name="MimeType">The media type, in lower case.</param>
/// <param name="Extension">The file extension, without the dot.</param>
/// <param name="IsShown">True if browsers display the type; false if they download it.</param>
/// <param name="Matches">
/// Returns whether a content can have the type by its first <see cref="AssetTypes.FirstBytesLength"/> bytes, or all if it is shorter.
/// </param>
internal sealed record AssetType(string MimeType, string Extension, bool IsShown, FirstBytes Matches);

/// <summary>
/// The allowed types of assets. Types that a browser runs or interprets as another type are excluded: HTML, scripts, and types whose content
/// browsers sniff (MIME Sniffing Standard, section 7).
/// </summary>
internal static class AssetTypes
{
    /// <summary>The number of bytes that identify the type of a content.</summary>
    public const int FirstBytesLength = 4096;

    public static AssetType Png { get; } = new("image/png", "png", IsShown: true, Signatures.IsPng);

    public static AssetType Jpeg { get; } = new("image/jpeg", "jpg", IsShown: true, Signatures.IsJpeg);

    public static AssetType Gif { get; } = new("image/gif", "gif", IsShown: true, Signatures.IsGif);

    public static AssetType WebP { get; } = new("image/webp", "webp", IsShown: true, Signatures.IsWebP);

    public static AssetType Svg { get; } = new("image/svg+xml", "svg", IsShown: true, Signatures.IsSvg);

    public static AssetType Avif { get; } = new("image/avif", "avif", IsShown: true, Signatures.IsAvif);

    public static AssetType OctetStream { get; } = new("application/octet-stream", "bin", IsShown: false, _ => true);

    /// <summary>Gets all types. The first type that matches a content is the most specific.</summary>
    public static IReadOnlyList<AssetType> All { get; } =
    [
        Png, Jpeg, Gif, WebP, Svg, Avif,
        new("application/pdf", "pdf", IsShown: true, Signatures.IsPdf),
        new("video/mp4", "mp4", IsShown: true, Signatures.IsMp4),
        new("video/webm", "webm", IsShown: true, Signatures.IsWebM),
        new("audio/mpeg", "mp3", IsShown: true, Signatures.IsMp3),
        new("text/plain", "txt", IsShown: false, Signatures.IsText),
        new("text/csv", "csv", IsShown: false, Signatures.IsText),
        OctetStream,
    ];

    /// <summary>Returns the type with a name, in any case, or null if it is not allowed.</summary>
    public static AssetType? Find(string mimeType) => All.FirstOrDefault(type => type.MimeType.Equals(mimeType, StringComparison.OrdinalIgnoreCase));

    /// <summary>Returns the type of a content by its first bytes.</summary>
    public static AssetType Sniff(ReadOnlySpan<byte> content)
    {
        foreach (var type in All)
        {
            if (type.Matches(content[..Math.Min(content.Length, FirstBytesLength)]))
            {
                return type;
            }
        }

        return OctetStream;
    }
}
