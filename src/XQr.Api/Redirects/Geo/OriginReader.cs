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
            ?? (address is null ? null : database.Find(address))
            ?? Scan.UnknownCountry;
        return new(address, country);
    }

    /// <summary>Two letters; what else stands there says nothing. Front ends have XX for unknown, and T1 for Tor, which may be anywhere.</summary>
    internal static string? CountryIn(string? header) => header?.Trim() switch
    {
        "T1" or "XX" => Scan.UnknownCountry,
        { Length: 2 } code when char.IsAsciiLetter(code[0]) && char.IsAsciiLetter(code[1]) => code.ToUpperInvariant(),
        _ => null,
    };
}
