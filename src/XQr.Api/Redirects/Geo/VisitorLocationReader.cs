using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using XQr.Api.Analytics.Scans;
using XQr.Api.Pipeline;
using XQr.Api.Primitives;

namespace XQr.Api.Redirects.Geo;

/// <summary>Reads a visitor's address and country. The header of the platform's front end comes first, then the address.</summary>
internal sealed class VisitorLocationReader(ClientAddress addresses, IOptions<VisitorLocationOptions> options, GeoDatabase database)
{
    private readonly string? countryHeader = options.Value.CountryHeader;

    public VisitorLocation Read(HttpContext context)
    {
        var address = addresses.Read(context);
        var country = (countryHeader is { Length: > 0 } ? CountryIn(context.Request.Headers[countryHeader]) : null)
            ?? (address is null ? null : CountryCodes.FindReported(database.Find(address)))
            ?? Scan.UnknownCountry;
        return new(address, country);
    }

    /// <summary>
    /// Returns the country in the header, or null if the address must decide. Front ends send XX for unknown, and T1 for Tor, whose exit
    /// address says nothing about the visitor.
    /// </summary>
    internal static string? CountryIn(string? header) => header?.Trim().ToUpperInvariant() switch
    {
        "T1" or "XX" => CountryCodes.Unknown,
        var code => CountryCodes.FindReported(code),
    };
}
