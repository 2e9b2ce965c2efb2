using CsCheck;
using Microsoft.AspNetCore.Http;
using XQr.Api.Redirects;
using XQr.Api.Redirects.UserAgents;

namespace XQr.Api.Tests.Redirects;

public sealed class VisitorTests
{
    private const string Safari =
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1";

    private static readonly UserAgentReader Agents = new(TimeProvider.System);

    [Fact]
    public void Person_IsRead() => Assert.Equal(new Visitor(new(IsBot: false, "mobile", "Safari", "iOS"), "direct", IsPrivate: false), Read());

    [Theory]
    [InlineData("HEAD")]
    [InlineData("POST")]
    public void OtherMethod_IsNotRecorded(string method) => Assert.Null(Read(method: method));

    [Theory]
    [InlineData("")]
    [InlineData("curl/8.5.0")]
    public void Bot_IsKnown(string userAgent) => Assert.True(Read(userAgent: userAgent)!.Agent.IsBot);

    [Theory]
    [InlineData("DNT", "1", true)]
    [InlineData("DNT", "0", false)]
    [InlineData("Sec-GPC", "1", true)]
    [InlineData("Sec-GPC", "?1", false)]
    public void AsksNotToBeTracked_IsHeard(string header, string value, bool isPrivate) =>
        Assert.Equal(isPrivate, Read(headers: (header, value))!.IsPrivate);

    [Theory]
    [InlineData("Sec-Purpose", "prefetch")]
    [InlineData("Sec-Purpose", "prefetch;prerender")]
    [InlineData("Sec-Purpose", "prefetch;anonymous-client-ip")]
    [InlineData("Purpose", "prefetch")]
    [InlineData("Purpose", "Prefetch")]
    [InlineData("X-Purpose", "preview")]
    [InlineData("X-Moz", "prefetch")]
    public void Prefetch_IsNotRecorded(string header, string value) => Assert.Null(Read(headers: (header, value)));

    [Theory]
    [InlineData("Sec-Purpose", "")]
    [InlineData("Purpose", "navigation")]
    [InlineData("Sec-Fetch-Dest", "document")]
    public void OtherPurpose_IsRecorded(string header, string value) => Assert.NotNull(Read(headers: (header, value)));

    [Theory]
    [InlineData("https://news.example.com/a?b#c", "news.example.com")]
    [InlineData("https://News.Example.COM:8443/", "news.example.com")]
    [InlineData("https://user:secret@example.com/", "example.com")]
    [InlineData("https://bücher.example/", "xn--bcher-kva.example")]
    [InlineData("https://bÃ¼cher.example/", "xn--bcher-kva.example")]
    [InlineData("https://Ärzte.example./", "xn--rzte-koa.example")]
    [InlineData("https://aא.com/", "direct")]
    [InlineData("https://a..b.com/", "direct")]
    [InlineData("https://example.com", "example.com")]
    [InlineData("https://example.com?a@b:c", "example.com")]
    [InlineData("http://192.0.2.7/", "192.0.2.7")]
    [InlineData("http://[2001:db8::1]/", "2001:db8::1")]
    [InlineData("android-app://com.google.android.gm/", "com.google.android.gm")]
    [InlineData("", "direct")]
    [InlineData("about:blank", "direct")]
    [InlineData("/relative", "direct")]
    [InlineData("//example.com/a", "direct")]
    [InlineData("file:///etc/passwd", "direct")]
    [InlineData("file://server/share", "direct")]
    [InlineData("not a url", "direct")]
    [InlineData("https://", "direct")]
    public void Referrer_IsItsHost(string referrer, string host) => Assert.Equal(host, Read(headers: ("Referer", referrer))!.Referrer);

    [Fact]
    public void ReferrerOfImpossibleLength_IsDirect() =>
        Assert.Equal("direct", Read(headers: ("Referer", $"https://{string.Join('.', Enumerable.Repeat("abcdefghi", 26))}/"))!.Referrer);

    [Fact]
    public void AnyReferrer_IsAnswered() =>
        Gen.Select(Gen.OneOf(Gen.Const("https://"), Gen.Const("http://xn--"), Gen.Const("//"), Gen.Const("https://["), Gen.Const("")), Gen.String)
            .Sample((scheme, rest) => Assert.InRange(Read(headers: ("Referer", scheme + rest))!.Referrer.Length, 1, 253), iter: 5_000);

    private static Visitor? Read(string method = "GET", string userAgent = Safari, params (string Name, string Value)[] headers)
    {
        var request = new DefaultHttpContext().Request;
        request.Method = method;
        request.Headers.UserAgent = userAgent;
        foreach (var (name, value) in headers)
        {
            request.Headers[name] = value;
        }

        return Visitor.Read(request, Agents);
    }
}
