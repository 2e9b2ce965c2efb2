using Microsoft.AspNetCore.Http;
using XQr.Api.Pipeline;
using XQr.Dashboard.Hosting;

namespace XQr.Dashboard.Tests;

public sealed class ErrorPageTests
{
    private const string Refresh = "<meta http-equiv=\"refresh\"";

    [Fact]
    public async Task StorageDown_LoadsAgainByItself()
    {
        var (context, html) = await ShowAsync(ApiErrors.Unavailable(), "GET", "/dashboard/ws_1/links", "?q=a&label=b");

        Assert.Equal(503, context.Response.StatusCode);
        Assert.Equal("5", context.Response.Headers.RetryAfter);
        Assert.Contains($"{Refresh} content=\"5\">", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/dashboard/ws_1/links?q=a&amp;label=b\"", html, StringComparison.Ordinal);
        Assert.Contains("<code>req_0123456789abcdef</code>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StorageDown_DoesNotRepeatAFormByItself()
    {
        var (_, html) = await ShowAsync(ApiErrors.Unavailable(), "POST", "/dashboard/ws_1/links/new");

        Assert.DoesNotContain(Refresh, html, StringComparison.Ordinal);
        Assert.DoesNotContain("links/new\"", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("same-origin", 503, true)]
    [InlineData("", 500, true)]
    [InlineData("", 429, true)]
    [InlineData("cross-site", 503, false)]
    [InlineData("", 409, false)]
    public async Task TemporaryError_KeepsTheForm(string site, int status, bool isKept)
    {
        var (_, html) = await ShowAsync(new(status, "ERROR", "It failed."), "POST", "/dashboard/ws_1/links/new", "", request =>
        {
            request.Headers["Sec-Fetch-Site"] = site;
            request.ContentType = "application/x-www-form-urlencoded";
            request.Body = new MemoryStream("url=%22a%22&csrf=token"u8.ToArray());
        });

        Assert.DoesNotContain(Refresh, html, StringComparison.Ordinal);
        Assert.Equal(isKept, html.Contains("<form method=\"post\" action=\"/dashboard/ws_1/links/new\">", StringComparison.Ordinal));
        Assert.Equal(isKept, html.Contains("<input type=\"hidden\" name=\"url\" value=\"&quot;a&quot;\">", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Failure_IsNotRepeatedWithoutThePerson()
    {
        var (_, html) = await ShowAsync(ApiErrors.Internal(), "GET", "/dashboard/ws_1");

        Assert.DoesNotContain(Refresh, html, StringComparison.Ordinal);
        Assert.Contains("href=\"/dashboard/ws_1\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NotFound_OffersNoSecondAttempt()
    {
        var (context, html) = await ShowAsync(ApiErrors.NotFound("page"), "GET", "/dashboard/nothing");

        Assert.Equal(404, context.Response.StatusCode);
        Assert.DoesNotContain("/dashboard/nothing", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/dashboard\"", html, StringComparison.Ordinal);
    }

    private static async Task<(HttpContext Context, string Html)> ShowAsync(
        ApiError error, string method, string path, string query = "", Action<HttpRequest>? configure = null)
    {
        var context = new DefaultHttpContext();
        context.Features.Set(new ApiContext("req_0123456789abcdef"));
        (context.Request.Method, context.Request.Path, context.Request.QueryString) = (method, path, new(query));
        configure?.Invoke(context.Request);
        using var body = new MemoryStream();
        context.Response.Body = body;
        await PageErrors.Of(error).ExecuteAsync(context);
        return (context, System.Text.Encoding.UTF8.GetString(body.ToArray()));
    }
}
