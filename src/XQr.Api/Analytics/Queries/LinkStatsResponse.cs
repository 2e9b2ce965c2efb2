using XQr.Api.Analytics.Statistics;
using XQr.Api.Links;
using XQr.Api.Pipeline;

namespace XQr.Api.Analytics.Queries;

/// <summary>A link's statistics.</summary>
/// <param name="LinkId">The link.</param>
/// <param name="ShortCode">The last part of its short URL.</param>
/// <param name="TotalScans">Its scans of the period.</param>
/// <param name="LastScanAt">When a person followed it last, whatever the period; null where nobody did.</param>
/// <param name="Countries">Scans by country, the most first.</param>
/// <param name="Devices">Scans by kind of device, the most first.</param>
/// <param name="Browsers">Scans by browser, the most first.</param>
/// <param name="DailyScans">Scans of each of the last 30 days, whatever the period, those without a scan included.</param>
internal sealed record LinkStatsResponse(
    Guid LinkId,
    string ShortCode,
    long TotalScans,
    DateTimeOffset? LastScanAt,
    IReadOnlyList<CountryCountResponse> Countries,
    IReadOnlyList<DeviceCountResponse> Devices,
    IReadOnlyList<BrowserCountResponse> Browsers,
    IReadOnlyList<DailyScans> DailyScans) : IExample<LinkStatsResponse>
{
    public static LinkStatsResponse Example { get; } = new(
        new("0198f3a0-52c4-7d1e-9a6b-3f2c8e7d1a40"),
        "summer-sale",
        1204,
        new DateTimeOffset(2026, 3, 1, 14, 0, 0, TimeSpan.Zero),
        [CountryCountResponse.Example with { Count = 1204 }],
        [DeviceCountResponse.Example with { Count = 1204 }],
        [BrowserCountResponse.Example with { Count = 1204 }],
        [new("2026-03-01", 31)]);

    public static LinkStatsResponse From(Link link, StatisticsTotals totals, IEnumerable<DailyScans> daily) => new(
        link.Id,
        link.ShortCode,
        totals.Scans,
        link.LastScanAt,
        totals.By(Dimension.Country, (country, count) => new CountryCountResponse(country, count)),
        totals.By(Dimension.Device, (device, count) => new DeviceCountResponse(device, count)),
        totals.By(Dimension.Browser, (browser, count) => new BrowserCountResponse(browser, count)),
        [.. daily]);
}

/// <summary>Scans of a day.</summary>
/// <param name="Date">The day, such as <c>2026-03-01</c>.</param>
/// <param name="Scans">How many scans.</param>
internal sealed record DailyScans(string Date, long Scans);
