using System.Text.Json.Serialization;
using XQr.Api.Pipeline;

namespace XQr.Api.Analytics.Queries;

/// <summary>A workspace at a glance.</summary>
/// <param name="TotalLinks">Links there are now, whatever the period.</param>
/// <param name="TotalScans">Scans of the period.</param>
/// <param name="ActiveLinks30d">Links with a scan in the last 30 days, whatever the period.</param>
/// <param name="UniqueCountries">Countries that scans came from, the unknown one left out.</param>
/// <param name="UniqueVisitors">Visitors of each day, added up: who comes on two days counts twice.</param>
/// <param name="ScansChangePct">By how many percent there are more scans than in as many days before; null where there were none, and for <c>all</c>.</param>
/// <param name="TopCountries">The ten countries with the most scans.</param>
/// <param name="TopDevices">The kinds of devices.</param>
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
/// <param name="Country">Its name in English; <c>Unknown</c> where it is unknown.</param>
/// <param name="CountryCode">ISO 3166-1 alpha-2; <c>ZZ</c> where it is unknown.</param>
/// <param name="Scans">How many scans.</param>
internal sealed record TopCountry(string Country, string CountryCode, long Scans);

/// <summary>A kind of device and its scans.</summary>
/// <param name="Device"><c>mobile</c>, <c>desktop</c> or <c>tablet</c>.</param>
/// <param name="Scans">How many scans.</param>
/// <param name="Percentage">Of all scans of the period, with one decimal.</param>
internal sealed record TopDevice(string Device, long Scans, double Percentage);
