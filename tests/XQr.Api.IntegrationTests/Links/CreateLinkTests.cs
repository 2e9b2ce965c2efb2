using System.Net;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Links;

public sealed class CreateLinkTests(ServiceFixture service)
{
    [Fact]
    public async Task Minimal_AnswersWholeLinkAndLocation()
    {
        var workspace = await service.NewWorkspaceAsync();

        var response = await workspace.Client.PostJsonAsync("/api/v1/links", """{"url":"https://example.com/a?b=c#d"}""");

        var link = await response.DataAsync(HttpStatusCode.Created);
        Assert.Equal($"/api/v1/links/{link.Text("id")}", response.Header("Location"));
        Assert.Equal(
            [
                "id", "short_url", "short_code", "destination", "enabled", "labels", "routing_rules", "scan_count", "last_scan_at",
                "expires_at", "created_at", "updated_at",
            ],
            link.EnumerateObject().Select(property => property.Name));
        Assert.Matches("^[2-9a-hjkmnp-z]{7}$", link.Text("short_code"));
        Assert.Equal($"{XQrApplication.PublicBaseUrl}/{link.Text("short_code")}", link.Text("short_url"));
        Assert.Equal("https://example.com/a?b=c#d", link.Text("destination"));
        Assert.True(link.GetProperty("enabled").GetBoolean());
        Assert.Equal(0, link.Number("scan_count"));
        Assert.Equal('7', link.Text("id")[14]);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", link.Text("created_at"));
        Assert.Equal(link.GetRawText(), (await workspace.Client.LinkAsync(link.Text("id"))).GetRawText());
    }

    [Fact]
    public async Task EveryField_IsKept()
    {
        var workspace = await service.NewWorkspaceAsync();
        var slug = $"Summer-{Guid.NewGuid():N}";

        var link = await workspace.Client.NewLinkAsync(
            $$"""
            {"url":"https://example.com/","custom_slug":"{{slug}}","labels":[" print ","a","print"],"expires_at":"2100-01-01T02:00:00+02:00"}
            """);

        Assert.Equal(slug, link.Text("short_code"));
        Assert.Equal(["print", "a"], link.GetProperty("labels").EnumerateArray().Select(label => label.GetString()));
        Assert.Equal("2100-01-01T00:00:00Z", link.Text("expires_at"));
    }

    [Fact]
    public async Task SlugTakenInOtherCaseAndWorkspace_Conflict()
    {
        var slug = $"Taken-{Guid.NewGuid():N}";
        await (await service.NewWorkspaceAsync()).Client.NewLinkAsync($$"""{"url":"https://example.com/","custom_slug":"{{slug}}"}""");

        var response = await (await service.NewWorkspaceAsync()).Client.PostJsonAsync(
            "/api/v1/links", $$"""{"url":"https://example.com/","custom_slug":"{{slug.ToUpperInvariant()}}"}""");

        await response.ErrorAsync(HttpStatusCode.Conflict, "SLUG_TAKEN");
    }

    [Fact]
    public async Task SixteenParallelOfOneSlug_OneIsCreated()
    {
        var workspace = await service.NewWorkspaceAsync();
        var body = $$"""{"url":"https://example.com/","custom_slug":"race-{{Guid.NewGuid():N}}"}""";

        var responses = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => workspace.Client.PostJsonAsync("/api/v1/links", body)));

        Assert.Single(responses, response => response.StatusCode == HttpStatusCode.Created);
        Assert.Equal(15, responses.Count(response => response.StatusCode == HttpStatusCode.Conflict));
        Assert.Equal(1, (await (await workspace.Client.GetAsync("/api/v1/links")).BodyAsync()).GetProperty("meta").Number("total"));
    }

    [Theory]
    [InlineData("""{}""", "url")]
    [InlineData("""{"url":null}""", "url")]
    [InlineData("""{"url":7}""", "url")]
    [InlineData("""{"url":"/relative"}""", "url")]
    [InlineData("""{"url":"ftp://example.com/"}""", "url")]
    [InlineData("""{"url":"https://user:pass@example.com/"}""", "url")]
    [InlineData("""{"url":"https://xqr.test/abc"}""", "url")]
    [InlineData("""{"url":"https://example.com/","custom_slug":"ab"}""", "custom_slug")]
    [InlineData("""{"url":"https://example.com/","custom_slug":"-abc"}""", "custom_slug")]
    [InlineData("""{"url":"https://example.com/","custom_slug":"a_bc"}""", "custom_slug")]
    [InlineData("""{"url":"https://example.com/","custom_slug":"Admin"}""", "custom_slug")]
    [InlineData("""{"url":"https://example.com/","labels":"x"}""", "labels")]
    [InlineData("""{"url":"https://example.com/","labels":["ok","  "]}""", "labels[1]")]
    [InlineData("""{"url":"https://example.com/","labels":["1","2","3","4","5","6","7","8","9","10","11"]}""", "labels")]
    [InlineData("""{"url":"https://example.com/","expires_at":"2001-01-01T00:00:00Z"}""", "expires_at")]
    [InlineData("""{"url":"https://example.com/","expires_at":"tomorrow"}""", "expires_at")]
    [InlineData("""{"url":"https://example.com/","custom_slag":"abc"}""", "custom_slag")]
    [InlineData("""{"url":"https://example.com/","routing_rules":{}}""", "routing_rules")]
    public async Task BadField_IsNamedAndNothingIsCreated(string body, string field)
    {
        var workspace = await service.NewWorkspaceAsync();

        var error = await (await workspace.Client.PostJsonAsync("/api/v1/links", body)).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");

        Assert.Equal([field], error.Fields());
        Assert.Equal(0, (await (await workspace.Client.GetAsync("/api/v1/links")).DataAsync()).GetArrayLength());
    }

    [Fact]
    public async Task ManyErrors_AreListedTogether()
    {
        var workspace = await service.NewWorkspaceAsync();

        var response = await workspace.Client.PostJsonAsync(
            "/api/v1/links", """{"url":"x","custom_slug":"a","labels":[1],"expires_at":2,"what":3}""");

        Assert.Equal(
            ["url", "custom_slug", "labels[0]", "expires_at", "what"],
            (await response.ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR")).Fields());
    }

    [Fact]
    public async Task NullOptionalFields_AreAbsent()
    {
        var workspace = await service.NewWorkspaceAsync();

        var link = await workspace.Client.NewLinkAsync("""{"url":"https://example.com/","custom_slug":null,"labels":null,"expires_at":null}""");

        Assert.Equal(7, link.Text("short_code").Length);
    }
}
