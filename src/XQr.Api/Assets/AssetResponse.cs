using System.ComponentModel.DataAnnotations;
using System.Globalization;
using XQr.Api.Pipeline;

namespace XQr.Api.Assets;

/// <summary>An asset of the workspace.</summary>
/// <param name="Id">The id, a UUID.</param>
/// <param name="Filename">The file name for downloads.</param>
/// <param name="MimeType">The media type.</param>
/// <param name="FileSize">The size in bytes.</param>
/// <param name="Status">The state of the content.</param>
/// <param name="IsPublic">True if anybody can read the asset.</param>
/// <param name="PublicUrl">The URL of a public asset, which changes each time it is published.</param>
/// <param name="Tags">The tags for grouping.</param>
/// <param name="Removed">The unsafe parts removed from a published SVG image, at most 20, such as <c>element &lt;script&gt;</c>.</param>
/// <param name="CreatedAt">The time the upload began.</param>
/// <param name="UpdatedAt">The time of the last change.</param>
internal sealed record AssetResponse(
    Guid Id,
    string Filename,
    string MimeType,
    long FileSize,
    AssetStatus Status,
    bool IsPublic,
    [property: Url] string? PublicUrl,
    IReadOnlyList<string> Tags,
    IReadOnlyList<string> Removed,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt) : IExample<AssetResponse>
{
    public static AssetResponse Example { get; } = new(
        new("0198f3a0-52c4-7d1e-9a6b-3f2c8e7d1a40"),
        "logo.svg",
        "image/svg+xml",
        FileSize: 5120,
        AssetStatus.Confirmed,
        IsPublic: true,
        "https://files.example/0198f3a0-52c4-7d1e-9a6b-3f2c8e7d1a40/9d1b6f0a3c5e4f7281b0d9c8a7f65e43.svg",
        ["logo"],
        Removed: [],
        CreatedAt: Time("2026-02-01T09:30:00Z"),
        UpdatedAt: Time("2026-02-01T09:31:00Z"));

    public static AssetResponse From(Asset asset, AssetUrls urls) => new(
        asset.Id,
        asset.Filename,
        asset.Type.MimeType,
        asset.FileSize,
        asset.Status,
        asset.IsPublic,
        urls.Of(asset),
        asset.Tags,
        asset.Removed,
        asset.CreatedAt,
        asset.UpdatedAt);

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
