using System.ComponentModel.DataAnnotations;
using System.Globalization;
using XQr.Api.Pipeline;

namespace XQr.Api.Assets;

/// <summary>An asset as the API shows it.</summary>
/// <param name="Id">A UUID.</param>
/// <param name="Filename">The name that it is saved under.</param>
/// <param name="MimeType">Its type.</param>
/// <param name="FileSize">Its size in bytes.</param>
/// <param name="Status">Whether its content is there.</param>
/// <param name="IsPublic">Whether anybody may read it.</param>
/// <param name="PublicUrl">Where, if it is public; another each time that it is published.</param>
/// <param name="Tags">For grouping.</param>
/// <param name="Removed">The parts of a published SVG image that were left out to make it harmless, at most 20, such as <c>element &lt;script&gt;</c>.</param>
/// <param name="CreatedAt">When its upload was begun.</param>
/// <param name="UpdatedAt">When it was changed last.</param>
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
