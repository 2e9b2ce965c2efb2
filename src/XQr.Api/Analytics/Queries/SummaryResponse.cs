using System.Text.Json.Serialization;
using XQr.Api.Pipeline;

namespace XQr.Api.Analytics.Queries;

/// <summary>The summary of a workspace.</summary>
/// <param name="TotalLinks">The current number of links, regardless of the period.</param>
/// <param name="TotalScans">The scans in the period.</param>
/// <param name="ActiveLinks30d">The links with a scan in the last 30 days, regardless of the period.</param>
/// <param name="UniqueCountries">The number of known countries with scans.</param>
/// <param name="UniqueVisitors">The sum of the visitors of each day: a visitor on two days counts twice.</param>
/// <param name="ScansChangePct">
/// The change of scans in percent from the preceding period of equal length; null if that has none, and for <c>all</c>.
/// </param>
/// <param name="TopCountries">The ten countries with the most scans.</param>
/// <param name="TopDevices">The scans by device type.</param>
internal sealed record SummaryResponse(
    long TotalLinks,
    long TotalScans,
    [property: JsonPropertyName("active_links_30d")] long ActiveLinks30d,
    int UniqueCountries,
    long UniqueVisitors,
    double? ScansChangePct,
    IReadOnlyList<TopCountry> TopCountries,
    IReadOnlyList<TopDevice> TopDevices) : IExample<SummaryResponse>
{
    public static SummaryResponse Example { get; } = new(
        24, 5210, 17, 31, 4102, 12.5, [new("Germany", "DE", 2954)], [new("mobile", 3912, 75.1), new("desktop", 1298, 24.9)]);
}

/// <summary>A country and its scans.</summary>
/// <param name="Country">The name in English, or <c>Unknown</c>.</param>
/// <param name="CountryCode">The ISO 3166-1 alpha-2 code; <c>ZZ</c> if unknown.</param>
/// <param name="Scans">The number of scans.</param>
internal sealed record TopCountry(string Country, string CountryCode, long Scans);

/// <summary>A kind of device and its scans.</summary>
/// <param name="Device">The kind of device: <c>mobile</c>, <c>desktop</c> or <c>tablet</c>.</param>
/// <param name="Scans">The number of scans.</param>
/// <param name="Percentage">The share of all scans in the period, with one decimal.</param>
internal sealed record TopDevice(string Device, long Scans, double Percentage);
