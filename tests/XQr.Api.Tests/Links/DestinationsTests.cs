using Microsoft.Extensions.Options;
using XQr.Api.Links;

namespace XQr.Api.Tests.Links;

public sealed class DestinationsTests
{
    private static readonly PublicUrls Urls = new(Options.Create(new XQrOptions { PublicBaseUrl = "https://xqr.test" }));

    [Theory]
    [InlineData("https://example.com")]
    [InlineData("http://example.com:8080/a?b=c#d")]
    [InlineData("https://xqr.test/")]
    [InlineData("https://xqr.test/docs")]
    [InlineData("https://xqr.test:8443/abc")]
    [InlineData("https://bücher.example/straße")]
    [InlineData("https://[2001:db8::1]/")]
    public void Right_HasNoFault(string url) => Assert.Null(Destinations.Fault(url, Urls));

    [Theory]
    [InlineData("")]
    [InlineData("example.com")]
    [InlineData("/path")]
    [InlineData("ftp://example.com/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("https://")]
    [InlineData("https://example.com/a b")]
    [InlineData("https://example.com/\r\nSet-Cookie: a=b")]
    [InlineData("https://user:secret@example.com/")]
    [InlineData("https://xqr.test/abc")]
    [InlineData("https://XQR.test/abc")]
    public void Wrong_HasOne(string url) => Assert.NotNull(Destinations.Fault(url, Urls));

    [Theory]
    [InlineData("https://example.com/a%20b?c=%zz", "https://example.com/a%20b?c=%zz")]
    [InlineData("https://bücher.example/straße?q=ä#ö", "https://xn--bcher-kva.example/stra%C3%9Fe?q=%C3%A4#%C3%B6")]
    public void Location_IsAscii(string url, string expected) => Assert.Equal(expected, Destinations.ToLocation(url));
}
