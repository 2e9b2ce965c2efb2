using XQr.Api.Analytics.Statistics;
using XQr.Api.Pipeline;

namespace XQr.Api.Analytics.Queries;

/// <summary>The statistics of a link.</summary>
/// <param name="LinkId">The id of the link.</param>
/// <param name="ShortCode">The last part of the short URL.</param>
/// <param name="TotalScans">The scans in the period.</param>
/// <param name="LastScanAt">The time of the last scan by a person, in any period; null if there is none.</param>
/// <param name="Countries">The scans by country, highest first.</param>
/// <param name="Devices">The scans by kind of device, highest first.</param>
/// <param name="Browsers">The scans by browser, highest first.</param>
/// <param name="DailyScans">The scans of each of the last 30 days, regardless of the period, including days without scans.</param>
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

    /// <summary>Creates the response.</summary>
    public static LinkStatsResponse From(LinkReport report) => new(
        report.Link.Id,
        report.Link.ShortCode,
        report.Totals.Scans,
        report.Link.LastScanAt,
        [.. report.Totals.By(Dimension.Country).Select(entry => new CountryCountResponse(entry.Value, entry.Count))],
        [.. report.Totals.By(Dimension.Device).Select(entry => new DeviceCountResponse(entry.Value, entry.Count))],
        [.. report.Totals.By(Dimension.Browser).Select(entry => new BrowserCountResponse(entry.Value, entry.Count))],
        report.Daily);
}

/// <summary>The scans of one day.</summary>
/// <param name="Date">The day, such as <c>2026-03-01</c>.</param>
/// <param name="Scans">The number of scans.</param>
internal sealed record DailyScans(string Date, long Scans);
