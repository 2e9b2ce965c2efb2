using Microsoft.AspNetCore.Http;
using XQr.Api.Redirects;

namespace XQr.Api.Tests.Redirects;

public sealed class PublicPageTests
{
    [Theory]
    // Clients of APIs
    [InlineData("application/json", true)]
    [InlineData("application/json, text/plain, */*", true)]
    [InlineData("application/json, */*;q=0.5", true)]
    [InlineData("APPLICATION/JSON; charset=utf-8", true)]
    [InlineData("application/problem+json, */*", true)]
    [InlineData("application/*", true)]
    [InlineData("text/html;q=0.5, application/json;q=0.6", true)]
    [InlineData("text/html;q=0, */*", true)]
    [InlineData("application/json, text/html;q=0.9", true)]
    // Browsers, and clients without Accept
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8", false)]
    [InlineData("text/html, application/json;q=0.9", false)]
    [InlineData("application/json, text/html", false)]
    [InlineData("text/*, application/*", false)]
    [InlineData("application/json;q=0, text/html;q=0", false)]
    [InlineData("application/json;q=0", false)]
    [InlineData("application/json;q=0, */*", false)]
    [InlineData("*/*", false)]
    [InlineData("text/plain", false)]
    [InlineData("image/png", false)]
    [InlineData("", false)]
    [InlineData("nonsense", false)]
    [InlineData(null, false)]
    public void Json_WhereAcceptPrefersIt(string? accept, bool isJson)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers.Accept = accept;

        Assert.Equal(isJson, PublicPage.PrefersJson(request));
    }
}
