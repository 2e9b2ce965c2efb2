using XQr.Api.Outbound;

namespace XQr.Api.Tests.Outbound;

public sealed class OutboundUrlsTests
{
    [Theory]
    [InlineData("https://example.com/logo.png")]
    [InlineData("https://example.com:443/")]
    [InlineData("https://bücher.example/logo.svg?size=2#x")]
    [InlineData("HTTPS://EXAMPLE.COM")]
    public void Https_IsValid(string url) => Assert.NotNull(OutboundUrls.TryParse(url, out _));

    [Theory]
    [InlineData("")]
    [InlineData("logo.png")]
    [InlineData("//example.com/logo.png")]
    [InlineData("http://example.com/")]
    [InlineData("ftp://example.com/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("data:image/png;base64,AAAA")]
    [InlineData("https://user@example.com/")]
    [InlineData("https://user:secret@example.com/")]
    [InlineData("https://example.com:8443/")]
    [InlineData("https://example.com:22/")]
    [InlineData("https:///logo.png")]
    [InlineData("https://")]
    public void AnyOtherUrl_IsRejected(string url) => Assert.Null(OutboundUrls.TryParse(url, out _));

    [Theory]
    [InlineData("https://aא.com/logo.png", "right to left")]
    [InlineData("https://a..b.com/logo.png", "two dots")]
    [InlineData("https://[fe80::1%25eth0]/logo.png", "zone")]
    public void InvalidHost_IsRejectedWithTheReason(string url, string reason)
    {
        Assert.Null(OutboundUrls.TryParse(url, out var error));
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Url_IsInAscii() =>
        Assert.Equal("https://xn--rzte-koa.example/%C3%A9", OutboundUrls.TryParse("https://Ärzte.example/é", out _)!.OriginalString);

    [Fact]
    public void TooLong_IsRejected() => Assert.Null(OutboundUrls.TryParse("https://example.com/" + new string('a', OutboundUrls.MaxLength), out _));
}
