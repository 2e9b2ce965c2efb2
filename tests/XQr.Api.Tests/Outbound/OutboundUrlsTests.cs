using XQr.Api.Outbound;

namespace XQr.Api.Tests.Outbound;

public sealed class OutboundUrlsTests
{
    [Theory]
    [InlineData("https://example.com/logo.png")]
    [InlineData("https://example.com:443/")]
    [InlineData("https://bücher.example/logo.svg?size=2#x")]
    [InlineData("HTTPS://EXAMPLE.COM")]
    public void Https_IsTaken(string url) => Assert.NotNull(OutboundUrls.TryParse(url));

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
    public void AnythingElse_IsRefused(string url) => Assert.Null(OutboundUrls.TryParse(url));

    [Fact]
    public void TooLong_IsRefused() => Assert.Null(OutboundUrls.TryParse("https://example.com/" + new string('a', OutboundUrls.MaxLength)));
}
