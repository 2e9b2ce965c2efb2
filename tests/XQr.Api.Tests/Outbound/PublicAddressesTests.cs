using System.Net;
using CsCheck;
using XQr.Api.Outbound;

namespace XQr.Api.Tests.Outbound;

/// <summary>
/// The test has its own list, from IANA's registries of special-purpose addresses (RFC 6890 and its updates), so that it fails if an
/// update of the library makes one of them public.
/// </summary>
public sealed class PublicAddressesTests
{
    public static TheoryData<string> PrivateRanges =>
    [
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
        "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/32", "2001:2::/48", "2001:10::/28", "2001:20::/28", "2001:db8::/32",
        "2002::/16", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
    ];

    [Theory]
    [MemberData(nameof(PrivateRanges))]
    public void PrivateRange_NoAddressIsPublic(string range)
    {
        var network = IPNetwork.Parse(range);

        Assert.False(PublicAddresses.Contains(network.BaseAddress));
        Assert.False(PublicAddresses.Contains(Last(network)));
        AddressIn(network).Sample(address => !PublicAddresses.Contains(address), iter: 100);
    }

    /// <summary>An IPv4 address is private in IPv4-mapped form too.</summary>
    [Theory]
    [MemberData(nameof(PrivateRanges))]
    public void PrivateRange_NoAddressIsPublicWhenMapped(string range)
    {
        var network = IPNetwork.Parse(range);
        if (network.BaseAddress.GetAddressBytes().Length == 4)
        {
            AddressIn(network).Sample(address => !PublicAddresses.Contains(address.MapToIPv6()), iter: 100);
        }
    }

    [Theory]
    [InlineData("169.254.169.254")] // metadata of Azure, AWS and Google Cloud
    [InlineData("168.63.129.16")] // Azure's host
    [InlineData("100.100.100.200")] // metadata of Alibaba Cloud
    [InlineData("192.0.0.192")] // metadata of Oracle Cloud
    [InlineData("fd00:ec2::254")] // metadata of AWS
    [InlineData("::1")]
    [InlineData("::")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("::127.0.0.1")] // IPv4-compatible, RFC 4291, 2.5.5.1
    [InlineData("64:ff9b::7f00:1")] // NAT64, RFC 6052
    [InlineData("2002:7f00:1::")] // 6to4, RFC 3056
    [InlineData("2001:0:4136:e378:8000:63bf:80ff:fffe")] // Teredo, RFC 4380
    [InlineData("fe80::1%2")]
    [InlineData("255.255.255.255")]
    public void WellKnownPrivateAddress_IsNotPublic(string address) => Assert.False(PublicAddresses.Contains(IPAddress.Parse(address)));

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("8.8.8.8")]
    [InlineData("93.184.215.14")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("169.253.255.255")]
    [InlineData("223.255.255.255")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("2001:4860:4860::8888")]
    [InlineData("2606:4700:4700::1111")]
    [InlineData("2a00:1450:4001::")]
    public void PublicAddress_IsPublic(string address) => Assert.True(PublicAddresses.Contains(IPAddress.Parse(address)));

    private static Gen<IPAddress> AddressIn(IPNetwork network) => Gen.Byte.Array[16].Select(random =>
    {
        var bytes = network.BaseAddress.GetAddressBytes();
        for (var bit = network.PrefixLength; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] |= (byte)(random[bit / 8] & (0x80 >> (bit % 8)));
        }

        return new IPAddress(bytes);
    });

    private static IPAddress Last(IPNetwork network)
    {
        var bytes = network.BaseAddress.GetAddressBytes();
        for (var bit = network.PrefixLength; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] |= (byte)(0x80 >> (bit % 8));
        }

        return new(bytes);
    }
}
