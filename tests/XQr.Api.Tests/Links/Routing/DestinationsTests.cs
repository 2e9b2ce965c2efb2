using Microsoft.Extensions.Options;
using XQr.Api.Links.Routing;
using XQr.Api.Urls;

namespace XQr.Api.Tests.Links.Routing;

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
    [InlineData("https://Ärzte.de/")]
    [InlineData("https://مثال1.com/")]
    [InlineData("https://xqr.test/abc/def")]
    [InlineData("https://xqr.test/ab")]
    [InlineData("http://xqr.test:8080/abc")]
    [InlineData("https://www.xqr.test/abc")]
    public void Valid_HasNoError(string url) => Assert.Null(Validate(url, Urls));

    [Theory]
    [InlineData("", "begins with http:// or https://")]
    [InlineData("javascript:alert(1)", "begins with http:// or https://")]
    [InlineData("https://", "host name")]
    [InlineData("https://example.com/a b", "spaces")]
    [InlineData("https://user:secret@example.com/", "user name or password")]
    [InlineData("http://@host/", "user name or password")]
    [InlineData("https://a..b.com/", "two dots")]
    [InlineData("https://aא.com/", "right to left")]
    public void Invalid_ErrorNamesTheReason(string url, string reason) => Assert.Contains(reason, Validate(url, Urls), StringComparison.Ordinal);

    [Theory]
    [InlineData("https://xqr.test", "https://xqr.test/abc")]
    [InlineData("https://xqr.test", "https://XQR.test/ABC")]
    [InlineData("https://xqr.test", "https://xqr.test/abc/")]
    [InlineData("https://xqr.test", "https://xqr.test//abc")]
    [InlineData("https://xqr.test", @"https://xqr.test\abc")]
    [InlineData("https://xqr.test", "https://xqr.test./abc?q#f")]
    [InlineData("https://xqr.test", "https://xqr.test:443/abc")]
    [InlineData("https://xqr.test", "http://xqr.test/abc")]
    [InlineData("https://xqr.test", "https://xqr.test/%61%62c")]
    [InlineData("https://xqr.test", "https://xqr.test/x/../abc")]
    [InlineData("https://xqr.test", "https://xqr.test/x/%2e%2E/abc")]
    [InlineData("https://xqr.test", "https://xqr%2etest/abc")]
    [InlineData("https://xqr.test", "https://ＸＱＲ。test/abc")]
    [InlineData("https://münchen.test", "https://mu\u0308nchen.test/abc")]
    [InlineData("https://münchen.test", "https://xn--mnchen-3ya.test/abc")]
    [InlineData("https://xn--mnchen-3ya.test", "https://MÜNCHEN.test/abc")]
    [InlineData("http://127.0.0.1:7071", "http://localhost:7071/abc")]
    [InlineData("http://127.0.0.1:7071", "https://[::1]:7071/abc")]
    [InlineData("http://127.0.0.1:7071", "http://0x7f.1:7071/abc")]
    [InlineData("http://localhost:7071", "http://[::ffff:127.0.0.1]:7071/abc")]
    [InlineData("http://[::1]:7071", "http://127.0.0.1:7071/abc")]
    [InlineData("http://192.0.2.7", "http://[::ffff:192.0.2.7]/abc")]
    public void OwnShortUrl_IsRefusedHoweverItIsWritten(string own, string url) =>
        Assert.Contains("redirect to itself", Validate(url, new(Options.Create(new XQrOptions { PublicBaseUrl = own }))), StringComparison.Ordinal);

    [Theory]
    [InlineData(452, true)]
    [InlineData(453, false)]
    public void Location_IsLimitedInBytes(int characters, bool isRight) =>
        Assert.Equal(isRight, Validate("https://example.com/12345678" + new string('中', characters), Urls) is null);

    [Theory]
    [InlineData("https://example.com/a%20b?c=%zz", "https://example.com/a%20b?c=%zz")]
    [InlineData("https://bücher.example/straße?q=ä#ö", "https://xn--bcher-kva.example/stra%C3%9Fe?q=%C3%A4#%C3%B6")]
    // Stored under earlier rules
    [InlineData("https://aא.com/é", "https://a%D7%90.com/%C3%A9")]
    [InlineData("https://user@example.com/é", "https://user@example.com/%C3%A9")]
    public void Location_IsAscii(string url, string expected) => Assert.Equal(expected, Destinations.ToLocation(url));

    private static string? Validate(string text, PublicUrls urls) =>
        HttpUrl.TryParse(text, out var error) is { } url ? Destinations.Validate(url, urls) : error;
}
