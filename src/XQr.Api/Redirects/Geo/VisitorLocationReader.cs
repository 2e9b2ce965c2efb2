using System.Net;
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

    /// <summary>Reads the location of the visitor who sent a request.</summary>
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

/// <summary>The address and country of a visitor.</summary>
/// <param name="Address">The visitor's address, as IPv4 if it is one; null if it is unknown. The address is never stored.</param>
/// <param name="Country">The ISO 3166-1 alpha-2 code in capitals; <c>ZZ</c> if it is unknown.</param>
internal sealed record VisitorLocation(IPAddress? Address, string Country)
{
    /// <summary>Gets the location of a visitor whose address and country are not needed.</summary>
    public static VisitorLocation Unknown { get; } = new(null, Scan.UnknownCountry);
}
