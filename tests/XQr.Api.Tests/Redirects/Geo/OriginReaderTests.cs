using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using XQr.Api.Redirects.Geo;
using XQr.Testing;

namespace XQr.Api.Tests.Redirects.Geo;

public sealed class OriginReaderTests
{
    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("192.0.2.7:51234", "192.0.2.7")]
    [InlineData("2001:db8::7", "2001:db8::7")]
    [InlineData("[2001:db8::7]", "2001:db8::7")]
    [InlineData("[2001:db8::7]:51234", "2001:db8::7")]
    [InlineData("198.51.100.1, 203.0.113.5,192.0.2.7:80 ", "192.0.2.7")]
    [InlineData("unknown", null)]
    [InlineData("192.0.2.7,", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void AddressHeader_LastEntryWithoutPort(string? header, string? expected) =>
        Assert.Equal(expected, OriginReader.AddressIn(header)?.ToString());

    [Theory]
    [InlineData("DE", "DE")]
    [InlineData("de", "DE")]
    [InlineData(" FR ", "FR")]
    [InlineData("XX", "ZZ")]
    [InlineData("T1", "ZZ")]
    [InlineData("DEU", null)]
    [InlineData("D1", null)]
    [InlineData("ÄÖ", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void CountryHeader_TwoLettersElseNothing(string? header, string? expected) => Assert.Equal(expected, OriginReader.CountryIn(header));

    [Theory]
    [InlineData("X-Client", "::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("X-Client", "nonsense", "203.0.113.9")]
    [InlineData("X-Client", null, "203.0.113.9")]
    [InlineData(null, "192.0.2.7", "203.0.113.9")]
    public void Address_HeaderOnlyIfConfiguredElseTheConnection(string? setting, string? header, string expected)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse("::ffff:203.0.113.9");
        context.Request.Headers["X-Client"] = header;

        Assert.Equal(new Origin(IPAddress.Parse(expected), "ZZ"), Read(new() { ClientIpHeader = setting }, context));
    }

    [Fact]
    public void NoAddressAtAll_Unknown() => Assert.Equal(Origin.Unknown, Read(new(), new DefaultHttpContext()));

    [Theory]
    [InlineData("8.8.8.8", null, "US")]
    [InlineData("193.0.6.139", null, "NL")]
    [InlineData("2001:67c:2e8:22::c100:68b", null, "NL")]
    [InlineData("127.0.0.1", null, "ZZ")]
    [InlineData("8.8.8.8", "FR", "FR")]
    [InlineData("8.8.8.8", "XX", "ZZ")]
    [InlineData("8.8.8.8", "nonsense", "US")]
    public void Country_HeaderElseDatabaseElseUnknown(string address, string? header, string expected)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(address);
        context.Request.Headers["X-Country"] = header;

        Assert.Equal(expected, Read(new() { CountryHeader = "X-Country", GeoIp = { DatabasePath = TestData.GeoDatabase } }, context).Country);
    }

    private static Origin Read(OriginOptions options, HttpContext context)
    {
        using var database = new GeoDatabase(Options.Create(options), NullLogger<GeoDatabase>.Instance);
        return new OriginReader(Options.Create(options), database).Read(context);
    }
}
