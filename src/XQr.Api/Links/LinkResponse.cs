using System.ComponentModel.DataAnnotations;
using System.Globalization;
using XQr.Api.Links.Routing;
using XQr.Api.Pipeline;

namespace XQr.Api.Links;

/// <summary>A link as the API shows it.</summary>
/// <param name="Id">A UUID.</param>
/// <param name="ShortUrl">What people follow.</param>
/// <param name="ShortCode">Its last part, as it was written.</param>
/// <param name="Destination">Where it leads.</param>
/// <param name="Enabled">Whether it works.</param>
/// <param name="Labels">For grouping and filtering.</param>
/// <param name="RoutingRules">Where it leads some visitors instead, in the order in which the rules were given.</param>
/// <param name="ScanCount">How often people followed it.</param>
/// <param name="LastScanAt">When somebody did last.</param>
/// <param name="ExpiresAt">When it ends to work.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it was changed last.</param>
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
