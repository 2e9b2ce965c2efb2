using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using XQr.Api.Analytics;
using XQr.Api.Pipeline;

namespace XQr.Api.Redirects.Geo;

/// <summary>Finds out where a visitor comes from: as the platform's front end says, else by the address.</summary>
internal sealed class OriginReader(ClientAddress addresses, IOptions<OriginOptions> options, GeoDatabase database)
{
    private readonly string? countryHeader = options.Value.CountryHeader;

    public Origin Read(HttpContext context)
    {
        var address = addresses.Read(context);
        var country = (countryHeader is { Length: > 0 } ? CountryIn(context.Request.Headers[countryHeader]) : null)
            ?? (address is null ? null : CountryCodes.FindReported(database.Find(address)))
            ?? Scan.UnknownCountry;
        return new(address, country);
    }

    /// <summary>
    /// The country that the header tells; null where it tells none, so that the address may. Front ends have XX for unknown, and T1 for
    /// Tor, which may be anywhere, whatever the address says.
    /// </summary>
    internal static string? CountryIn(string? header) => header?.Trim().ToUpperInvariant() switch
    {
        "T1" or "XX" => CountryCodes.Unknown,
        var code => CountryCodes.FindReported(code),
    };
}
