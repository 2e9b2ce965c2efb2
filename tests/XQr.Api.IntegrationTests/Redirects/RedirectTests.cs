using System.Net;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Redirects;

public sealed class RedirectTests(ServiceFixture service)
{
    [Fact]
    public async Task KnownCode_LeadsToDestination()
    {
        var link = await (await service.NewWorkspaceAsync()).Client.NewLinkAsync("""{"url":"https://example.com/a?b=1#c"}""");

        var response = await service.Client.VisitAsync(link.Text("short_code").ToUpperInvariant());

        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.Equal("https://example.com/a?b=1#c", response.Header("Location"));
        Assert.Equal(
            "private, no-store", response.Header("Cache-Control")?.Replace("no-store, private", "private, no-store", StringComparison.Ordinal));
        Assert.Equal("noindex", response.Header("X-Robots-Tag"));
    }

    [Theory]
    [InlineData("https://example.com/", "?utm=1", "https://example.com/?utm=1")]
    [InlineData("https://example.com/?a=1#top", "?a=2&b=%20x", "https://example.com/?a=1&b=%20x#top")]
    [InlineData("https://bücher.example/ä?ü=1", "", "https://xn--bcher-kva.example/%C3%A4?%C3%BC=1")]
    public async Task VisitorsQuery_IsAppended(string destination, string query, string expected)
    {
        var link = await (await service.NewWorkspaceAsync()).Client.NewLinkAsync($$"""{"url":"{{destination}}"}""");

        Assert.Equal(expected, (await service.Client.VisitAsync(link.Text("short_code") + query)).Header("Location"));
    }

    [Theory]
    [InlineData("nobody-has-this-code")]
    [InlineData("x")]
    [InlineData("no_such.code")]
    [InlineData("a/b/c")]
    [InlineData("%20%20%20")]
    [InlineData("")]
    public async Task UnknownCode_PageOrEnvelope(string code)
    {
        var page = await service.Client.VisitAsync($"/{code}");
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        Assert.Contains("<title>", await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);

        await (await service.Client.VisitAsync($"/{code}", headers: ("Accept", "application/json"))).ErrorAsync(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    [Fact]
    public async Task Disabled_Gone()
    {
        var workspace = await service.NewWorkspaceAsync();
        var link = await workspace.Client.NewLinkAsync();
        await (await workspace.Client.PatchJsonAsync($"/api/v1/links/{link.Text("id")}", """{"enabled":false}""")).DataAsync();

        Assert.Equal(HttpStatusCode.Gone, (await service.Client.VisitAsync(link.Text("short_code"))).StatusCode);
        await (await service.Client.VisitAsync(link.Text("short_code"), headers: ("Accept", "application/json")))
            .ErrorAsync(HttpStatusCode.Gone, "LINK_DISABLED");
        Assert.Equal(0, (await workspace.Client.LinkAsync(link.Text("id"))).Number("scan_count"));
    }

    [Fact]
    public async Task Expired_GoneUntilMoved()
    {
        var time = new OffsetTime();
        await using var instance = await service.StartAnotherAsync(services: time.Register);
        var workspace = await instance.NewWorkspaceAsync();
        var link = await workspace.Client.NewLinkAsync($$"""{"url":"https://example.com/","expires_at":"{{DateTimeOffset.UtcNow.AddHours(1):O}}"}""");
        Assert.Equal(HttpStatusCode.Found, (await instance.Client.VisitAsync(link.Text("short_code"))).StatusCode);

        time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(HttpStatusCode.Gone, (await instance.Client.VisitAsync(link.Text("short_code"))).StatusCode);
        await (await instance.Client.VisitAsync(link.Text("short_code"), headers: ("Accept", "application/json")))
            .ErrorAsync(HttpStatusCode.Gone, "LINK_EXPIRED");

        await (await workspace.Client.PatchJsonAsync($"/api/v1/links/{link.Text("id")}", """{"expires_at":null}""")).DataAsync();
        Assert.Equal(HttpStatusCode.Found, (await instance.Client.VisitAsync(link.Text("short_code"))).StatusCode);
    }

    [Fact]
    public async Task ChangedElsewhere_SeenWithinTenSeconds()
    {
        var time = new OffsetTime();
        await using var other = await service.StartAnotherAsync(services: time.Register);
        var workspace = await service.NewWorkspaceAsync();
        var link = await workspace.Client.NewLinkAsync();
        Assert.Equal("https://example.com/", (await other.Client.VisitAsync(link.Text("short_code"))).Header("Location"));

        await (await workspace.Client.PatchJsonAsync($"/api/v1/links/{link.Text("id")}", """{"url":"https://example.org/"}""")).DataAsync();
        time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal("https://example.org/", (await other.Client.VisitAsync(link.Text("short_code"))).Header("Location"));
    }

    [Fact]
    public async Task CodeAskedForBeforeItExists_WorksOnceCreated()
    {
        var workspace = await service.NewWorkspaceAsync();
        var slug = $"later-{Guid.NewGuid():N}";
        Assert.Equal(HttpStatusCode.NotFound, (await service.Client.VisitAsync(slug)).StatusCode);

        await workspace.Client.NewLinkAsync($$"""{"url":"https://example.com/","custom_slug":"{{slug}}"}""");

        Assert.Equal(HttpStatusCode.Found, (await service.Client.VisitAsync(slug)).StatusCode);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("DELETE")]
    public async Task OtherMethod_NotAllowed(string method)
    {
        using var request = new HttpRequestMessage(new(method), "/some-code");

        var response = await service.Client.SendAsync(request, TestContext.Current.CancellationToken);

        await response.ErrorAsync(HttpStatusCode.MethodNotAllowed, "METHOD_NOT_ALLOWED");
        Assert.Equal("GET, HEAD", response.Header("Allow"));
    }
}
