using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using XQr.Api.Pipeline;

namespace XQr.Api.Tests.Pipeline;

public sealed class ClientAddressTests
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
        Assert.Equal(expected, ClientAddress.AddressIn(header)?.ToString());

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

        Assert.Equal(IPAddress.Parse(expected), new ClientAddress(Options.Create(new ClientOptions { ClientIpHeader = setting })).Read(context));
    }
}
