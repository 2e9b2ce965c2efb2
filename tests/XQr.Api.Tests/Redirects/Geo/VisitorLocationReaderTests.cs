using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using XQr.Api.Pipeline;
using XQr.Api.Redirects.Geo;
using XQr.Testing;

namespace XQr.Api.Tests.Redirects.Geo;

public sealed class VisitorLocationReaderTests
{
    [Theory]
    [InlineData("DE", "DE")]
    [InlineData("de", "DE")]
    [InlineData(" FR ", "FR")]
    [InlineData("XK", "XK")]
    [InlineData("uk", "GB")]
    [InlineData("EU", null)]
    [InlineData("XX", "ZZ")]
    [InlineData("T1", "ZZ")]
    [InlineData("t1", "ZZ")]
    [InlineData("DEU", null)]
    [InlineData("D1", null)]
    [InlineData("ÄÖ", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void CountryHeader_CountryElseNothing(string? header, string? expected) => Assert.Equal(expected, VisitorLocationReader.CountryIn(header));

    [Fact]
    public void NoAddressAtAll_Unknown() => Assert.Equal(VisitorLocation.Unknown, Read(new(), new DefaultHttpContext()));

    [Theory]
    [InlineData("8.8.8.8", null, "US")]
    [InlineData("193.0.6.139", null, "NL")]
    [InlineData("2001:67c:2e8:22::c100:68b", null, "NL")]
    [InlineData("127.0.0.1", null, "ZZ")]
    [InlineData("8.8.8.8", "FR", "FR")]
    [InlineData("8.8.8.8", "XX", "ZZ")]
    [InlineData("8.8.8.8", "nonsense", "US")]
    [InlineData("8.8.8.8", "EU", "US")]
    public void Country_HeaderElseDatabaseElseUnknown(string address, string? header, string expected)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(address);
        context.Request.Headers["X-Country"] = header;

        Assert.Equal(expected, Read(new() { CountryHeader = "X-Country", GeoIp = { DatabasePath = TestData.GeoDatabase } }, context).Country);
    }

    private static VisitorLocation Read(VisitorLocationOptions options, HttpContext context)
    {
        using var database = new GeoDatabase(Options.Create(options), NullLogger<GeoDatabase>.Instance);
        return new VisitorLocationReader(new(Options.Create(new ClientOptions())), Options.Create(options), database).Read(context);
    }
}
