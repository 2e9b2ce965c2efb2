using XQr.Api.Urls;

namespace XQr.Api.Tests.Urls;

public sealed class HttpUrlTests
{
    [Theory]
    // ASCII characters stay as written
    [InlineData("https://example.com", "https://example.com")]
    [InlineData("HTTP://Example.COM:80/a%20b/../c?d=%zz&e=|{}#f#g", "HTTP://Example.COM:80/a%20b/../c?d=%zz&e=|{}#f#g")]
    [InlineData("https://example.com/?2+2_(TV)", "https://example.com/?2+2_(TV)")]
    [InlineData("https://example.com:/", "https://example.com:/")]
    // Only non-ASCII characters are encoded
    [InlineData("https://Bücher.example:8443/%41/../straße?q=ä#ö", "https://xn--bcher-kva.example:8443/%41/../stra%C3%9Fe?q=%C3%A4#%C3%B6")]
    [InlineData("https://Example.com/é", "https://Example.com/%C3%A9")]
    [InlineData("https://example.com/👨\u200D👩", "https://example.com/%F0%9F%91%A8%E2%80%8D%F0%9F%91%A9")]
    [InlineData("https://0x7f.1/", "https://127.0.0.1/")]
    public void Url_InAscii(string url, string expected) => Assert.Equal(expected, HttpUrl.TryParse(url, out _)!.ToAscii());

    [Theory]
    [InlineData("", "begins with http:// or https://")]
    [InlineData("example.com", "begins with http:// or https://")]
    [InlineData("//example.com/", "begins with http:// or https://")]
    [InlineData("https:/example.com/", "begins with http:// or https://")]
    [InlineData("ftp://example.com/", "begins with http:// or https://")]
    [InlineData("javascript:alert(1)", "begins with http:// or https://")]
    [InlineData("https://", "must have a host name")]
    [InlineData("https:///path", "must have a host name")]
    [InlineData("https://:80/", "must have a host name")]
    [InlineData("https://user@/", "must have a host name")]
    [InlineData("https://a..b.com/", "two dots")]
    [InlineData("https://h:0/", "port from 1 to 65535")]
    [InlineData("https://h:65536/", "port from 1 to 65535")]
    [InlineData("https://h:8o/", "port from 1 to 65535")]
    [InlineData("https://h:-1/", "port from 1 to 65535")]
    [InlineData("https://a:b:1/", "port from 1 to 65535")]
    [InlineData("https://[fe80::1%25eth0]/", "zone")]
    [InlineData("https://[::1]x/", "IPv6")]
    [InlineData("https://example.com/a b", "U+0020")]
    [InlineData("https://example.com/a\u00A0b", "U+00A0")]
    [InlineData("https://example.com/\r\nSet-Cookie: a=b", "U+000D")]
    [InlineData("https://example.com/\u007F", "U+007F")]
    [InlineData("https://example.com/a\u200B", "U+200B")]
    [InlineData("https://example.com/\u202Egnp.exe", "U+202E")]
    public void InvalidUrl_IsRejectedWithTheReason(string url, string reason)
    {
        Assert.Null(HttpUrl.TryParse(url, out var error));
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://example.com:8443/", "example.com", 8443, false)]
    [InlineData("https://example.com:00443/", "example.com", 443, false)]
    [InlineData("http://[2001:DB8::1]:80?a", "[2001:db8::1]", 80, false)]
    [InlineData(@"https://example.com\@evil.test/", "example.com", 443, false)]
    [InlineData("https://a:b@c@example.com/", "example.com", 443, true)]
    [InlineData("https://@example.com/", "example.com", 443, true)]
    public void Parts_AreReadAsInBrowsers(string url, string host, int port, bool hasUserInfo)
    {
        var parsed = HttpUrl.TryParse(url, out _)!;
        Assert.Equal((host, port, hasUserInfo), (parsed.Host, parsed.Port, parsed.HasUserInfo));
    }

    [Theory]
    [InlineData("https://example.com", "")]
    [InlineData("https://example.com?a/b", "")]
    [InlineData("https://example.com/a/b?c/d", "a,b")]
    [InlineData(@"https://example.com\a//b/#c", "a,b")]
    [InlineData("https://example.com/../a/./b/%2E%2e/%61bc/", "a,abc")]
    [InlineData("https://example.com/a%2Fb", "a/b")]
    public void Segments_AreDecodedAndResolved(string url, string segments) =>
        Assert.Equal(segments, string.Join(',', HttpUrl.TryParse(url, out _)!.Segments));
}
