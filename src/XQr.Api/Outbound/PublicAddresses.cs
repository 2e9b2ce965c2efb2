using System.Net;
using System.Net.Sockets;
using Microsoft.Security.AntiSSRF;

namespace XQr.Api.Outbound;

/// <summary>
/// Which addresses are the public's: no machine of the operator's, of the cloud's own, or of a special purpose. The ranges are those
/// that Microsoft's library keeps (IANA's special-purpose registries, and Azure's addresses for metadata and the host). Of IPv6
/// nothing but global unicast is public, whatever is registered some day.
/// </summary>
internal static class PublicAddresses
{
    private static readonly IPNetwork[] Special = [.. IPAddressRanges.recommendedLatest.Select(range => IPNetwork.Parse(range))];

    /// <summary>RFC 4291, section 2.4, as IANA has allotted it.</summary>
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    /// <summary>Whether an address is public. One that holds an IPv4 address (RFC 4291, section 2.5.5.2) is what that one is.</summary>
    public static bool Contains(IPAddress address)
    {
        var bare = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return (bare.AddressFamily == AddressFamily.InterNetwork || GlobalUnicast.Contains(bare)) && !Special.Any(range => range.Contains(bare));
    }
}
