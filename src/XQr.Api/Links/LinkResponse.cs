using System.ComponentModel.DataAnnotations;
using System.Globalization;
using XQr.Api.Links.Routing;
using XQr.Api.Pipeline;
using XQr.Api.Urls;

namespace XQr.Api.Links;

/// <summary>A link of the workspace.</summary>
/// <param name="Id">The id, a UUID.</param>
/// <param name="ShortUrl">The URL that visitors follow.</param>
/// <param name="ShortCode">The last part of the short URL, as written.</param>
/// <param name="Destination">The destination.</param>
/// <param name="Enabled">True if the link redirects visitors.</param>
/// <param name="Labels">The labels for grouping and filtering.</param>
/// <param name="RoutingRules">The rules with other destinations for some visitors, in the order of the request.</param>
/// <param name="ScanCount">The number of scans by people.</param>
/// <param name="LastScanAt">The time of the last scan.</param>
/// <param name="ExpiresAt">The time the link expires.</param>
/// <param name="CreatedAt">The time of creation.</param>
/// <param name="UpdatedAt">The time of the last change.</param>
internal sealed record LinkResponse(
    Guid Id,
    [property: Url] string ShortUrl,
    string ShortCode,
    string Destination,
    bool Enabled,
    IReadOnlyList<string> Labels,
    IReadOnlyList<RoutingRule> RoutingRules,
    long ScanCount,
    DateTimeOffset? LastScanAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt) : IExample<LinkResponse>
{
    public static LinkResponse Example { get; } = new(
        new("0198f3a0-52c4-7d1e-9a6b-3f2c8e7d1a40"),
        "https://xqr.example/summer-sale",
        "summer-sale",
        "https://example.com/summer-sale",
        Enabled: true,
        ["print", "summer"],
        [new("https://example.com/app", Priority: 0, new(DeviceTypes: ["mobile", "tablet"]))],
        ScanCount: 1204,
        LastScanAt: Time("2026-03-01T14:00:00Z"),
        ExpiresAt: null,
        CreatedAt: Time("2026-02-01T09:30:00Z"),
        UpdatedAt: Time("2026-02-14T08:00:00Z"));

    /// <summary>Returns the response for a link.</summary>
    public static LinkResponse From(Link link, PublicUrls urls) => new(
        link.Id,
        urls.ShortUrl(link.ShortCode),
        link.ShortCode,
        link.Destination,
        link.Enabled,
        link.Labels,
        link.RoutingRules.All,
        link.ScanCount,
        link.LastScanAt,
        link.ExpiresAt,
        link.CreatedAt,
        link.UpdatedAt);

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
