using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using XQr.Api.Analytics;

namespace XQr.Api.Redirects.Geo;

/// <summary>Finds out where a visitor comes from: as the platform's front end says, else by the address.</summary>
internal sealed class OriginReader(IOptions<OriginOptions> options, GeoDatabase database)
{
    private readonly string? addressHeader = options.Value.ClientIpHeader;
    private readonly string? countryHeader = options.Value.CountryHeader;

    public Origin Read(HttpContext context)
    {
        var headers = context.Request.Headers;
        var address = (addressHeader is { Length: > 0 } ? AddressIn(headers[addressHeader]) : null) ?? context.Connection.RemoteIpAddress;
        if (address is { IsIPv4MappedToIPv6: true })
        {
            address = address.MapToIPv4();
        }

        var country = (countryHeader is { Length: > 0 } ? CountryIn(headers[countryHeader]) : null)
            ?? (address is null ? null : database.Find(address))
            ?? Scan.UnknownCountry;
        return new(address, country);
    }

    /// <summary>The last entry of a list, which may have a port, and brackets around an IPv6 address (as in RFC 7239, section 6).</summary>
    internal static IPAddress? AddressIn(string? header)
    {
        var entry = header.AsSpan(header.AsSpan().LastIndexOf(',') + 1).Trim();
        return IPEndPoint.TryParse(entry, out var endpoint) ? endpoint.Address : null;
    }

    /// <summary>Two letters; what else stands there says nothing. Front ends have XX for unknown, and T1 for Tor, which may be anywhere.</summary>
    internal static string? CountryIn(string? header) => header?.Trim() switch
    {
        "T1" or "XX" => Scan.UnknownCountry,
        { Length: 2 } code when char.IsAsciiLetter(code[0]) && char.IsAsciiLetter(code[1]) => code.ToUpperInvariant(),
        _ => null,
    };
}
