using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace XQr.Api.Pipeline;

/// <summary>Reads the address of a client from the front end's header, or from the connection. The address is kept only in memory.</summary>
internal sealed class ClientAddress(IOptions<ClientOptions> options)
{
    private readonly string? header = options.Value.ClientIpHeader;

    /// <summary>Returns the address, as IPv4 if it is one; null if it is unknown.</summary>
    public IPAddress? Read(HttpContext context)
    {
        var address = (header is { Length: > 0 } ? AddressIn(context.Request.Headers[header]) : null) ?? context.Connection.RemoteIpAddress;
        return address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
    }

    /// <summary>Returns the last entry of a list, which may have a port and brackets around an IPv6 address (RFC 7239, section 6).</summary>
    internal static IPAddress? AddressIn(string? header)
    {
        var entry = header.AsSpan(header.AsSpan().LastIndexOf(',') + 1).Trim();
        return IPEndPoint.TryParse(entry, out var endpoint) ? endpoint.Address : null;
    }
}
