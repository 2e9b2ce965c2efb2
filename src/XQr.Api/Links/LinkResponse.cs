using XQr.Api.Links.Routing;

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
    string ShortUrl,
    string ShortCode,
    string Destination,
    bool Enabled,
    IReadOnlyList<string> Labels,
    IReadOnlyList<RoutingRule> RoutingRules,
    long ScanCount,
    DateTimeOffset? LastScanAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt)
{
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
}
