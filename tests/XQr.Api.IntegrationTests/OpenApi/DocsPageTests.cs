using System.Net;
using System.Text.RegularExpressions;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.OpenApi;

public sealed class DocsPageTests(ServiceFixture service)
{
    /// <summary>The page, its scripts and the description come from the service, and its policy lets nothing come from elsewhere.</summary>
    [Fact]
    public async Task Page_NeedsNoOtherHost()
    {
        var response = await service.Client.GetAsync("/docs/");
        var html = await response.Content.ReadAsStringAsync();

        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("no-store", response.Header("Cache-Control"));
        Assert.DoesNotContain("//", html, StringComparison.Ordinal);
        string[] sources = [.. Regex.Matches(html, "src=\"([^\"]+)\"").Select(match => match.Groups[1].Value)];
        Assert.NotEmpty(sources);
        foreach (var source in sources)
        {
            var script = await service.Client.GetAsync($"/docs/{source}");
            Assert.Equal("text/javascript", script.Content.Headers.ContentType?.MediaType);
            Assert.Equal("nosniff", script.Header("X-Content-Type-Options"));
        }

        Assert.Contains("openapi/v1.json", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Policy_AllowsOnlyScriptsOfThisPage()
    {
        var responses = new[] { await service.Client.GetAsync("/docs/"), await service.Client.GetAsync("/docs/") };

        var nonces = responses.Select(response => Regex.Match(
            response.Header("Content-Security-Policy")!, "script-src 'self' 'nonce-([0-9a-f]{32})';").Groups[1].Value).ToArray();
        Assert.NotEqual(nonces[0], nonces[1]);
        var html = await responses[0].Content.ReadAsStringAsync();
        Assert.Equal(Regex.Count(html, "<script"), Regex.Count(html, $"nonce=\"{nonces[0]}\""));
        Assert.DoesNotContain("http", responses[0].Header("Content-Security-Policy")!, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", responses[0].Header("Content-Security-Policy")!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PathWithoutSlash_LeadsToThePage()
    {
        var response = await service.Client.GetAsync("/docs");

        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.Equal("/docs/", new Uri(new Uri(service.Application.Address, "/docs"), response.Headers.Location!).AbsolutePath);
    }
}
