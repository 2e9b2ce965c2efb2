using System.Net;
using System.Net.Sockets;
using Microsoft.Security.AntiSSRF;

namespace XQr.Api.Outbound;

/// <summary>
/// Recognises public addresses: not private, not of the cloud platform and not of a special purpose. The ranges come from Microsoft's
/// library (IANA's special-purpose registries, and Azure's addresses for metadata and the host). Only global unicast addresses of IPv6 are
/// public.
/// </summary>
internal static class PublicAddresses
{
    private static readonly IPNetwork[] Special = [.. IPAddressRanges.recommendedLatest.Select(range => IPNetwork.Parse(range))];

    /// <summary>The range that IANA has allocated (RFC 4291, section 2.4).</summary>
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    /// <summary>
    /// Returns whether an address is public. For an IPv4-mapped address (RFC 4291, section 2.5.5.2), the IPv4 address decides.
    /// </summary>
    public static bool Contains(IPAddress address)
    {
        var bare = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return (bare.AddressFamily == AddressFamily.InterNetwork || GlobalUnicast.Contains(bare)) && !Special.Any(range => range.Contains(bare));
    }
}
