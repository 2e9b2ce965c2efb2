using XQr.Api.Redirects;

namespace XQr.Api.Tests.Redirects;

public sealed class VisitorQueryTests
{
    [Theory]
    // Nothing to hand on
    [InlineData("https://example.com/a?b=1#c", null, "https://example.com/a?b=1#c")]
    [InlineData("https://example.com/a?b=1#c", "", "https://example.com/a?b=1#c")]
    [InlineData("https://example.com/a", "?", "https://example.com/a")]
    [InlineData("https://example.com/a", "?&&", "https://example.com/a")]
    // Appended as sent, before the fragment
    [InlineData("https://example.com/", "?a=1", "https://example.com/?a=1")]
    [InlineData("https://example.com/#top", "?a=1", "https://example.com/?a=1#top")]
    [InlineData("https://example.com/#top?x=1", "?x=2", "https://example.com/?x=2#top?x=1")]
    [InlineData("https://example.com/?a=1", "?b=2&c=3", "https://example.com/?a=1&b=2&c=3")]
    [InlineData("https://example.com/?", "?a=1", "https://example.com/?a=1")]
    [InlineData("https://example.com/?a=1&", "?b=2", "https://example.com/?a=1&b=2")]
    [InlineData("https://example.com/", "?q=a+b&r=a%20b&s=%2B", "https://example.com/?q=a+b&r=a%20b&s=%2B")]
    [InlineData("https://example.com/", "?q=%zz", "https://example.com/?q=%zz")]
    [InlineData("https://example.com/", "?a=1?b=2", "https://example.com/?a=1?b=2")]
    [InlineData("https://example.com/", "?u=a=b==", "https://example.com/?u=a=b==")]
    // Repeated names are all handed on, in order
    [InlineData("https://example.com/", "?t=1&t=2&t=1", "https://example.com/?t=1&t=2&t=1")]
    // The destination's value is kept, for any case and any encoding of the name
    [InlineData("https://example.com/?a=1", "?a=2", "https://example.com/?a=1")]
    [InlineData("https://example.com/?a=1", "?a=2&a=3&b=4", "https://example.com/?a=1&b=4")]
    [InlineData("https://example.com/?a=1&a=2", "?a=3", "https://example.com/?a=1&a=2")]
    [InlineData("https://example.com/?utm_source=x", "?utm%5Fsource=y", "https://example.com/?utm_source=x")]
    [InlineData("https://example.com/?utm%5fsource=x", "?utm_source=y", "https://example.com/?utm%5fsource=x")]
    [InlineData("https://example.com/?a+b=1", "?a%20b=2", "https://example.com/?a+b=1")]
    [InlineData("https://example.com/?a%2Bb=1", "?a+b=2", "https://example.com/?a%2Bb=1&a+b=2")]
    [InlineData("https://example.com/?a=1", "?A=2", "https://example.com/?a=1&A=2")]
    [InlineData("https://example.com/?%C3%A4=1", "?%c3%a4=2&%C3%A4=3", "https://example.com/?%C3%A4=1")]
    // Empty values and names are parameters too
    [InlineData("https://example.com/?a=", "?a=1", "https://example.com/?a=")]
    [InlineData("https://example.com/?a", "?a=1", "https://example.com/?a")]
    [InlineData("https://example.com/", "?a&b=&=c", "https://example.com/?a&b=&=c")]
    // Characters that a header cannot contain, or that would end the query
    [InlineData("https://example.com/#f", "?a=\u007F&b=\u0001&c=#x", "https://example.com/?a=%7F&b=%01&c=%23x#f")]
    [InlineData("https://example.com/?ä=1", "?q=ü\ud83d\ude00 \"<>", "https://example.com/?ä=1&q=%C3%BC%F0%9F%98%80%20%22%3C%3E")]
    [InlineData("https://example.com/", "?q={}|\\^`'[]", "https://example.com/?q={}|\\^`'[]")]
    public void VisitorsParameters_AreMerged(string destination, string? query, string expected) =>
        Assert.Equal(expected, VisitorQuery.Append(destination, query));
}
