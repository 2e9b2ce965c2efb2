using System.Net;
using System.Text.Json;
using XQr.Api.Tenancy;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Links;

public sealed class BulkLinkTests(ServiceFixture service)
{
    private const string Path = "/api/v1/links/bulk";

    [Fact]
    public async Task Create_EachItemForItself()
    {
        var workspace = await service.NewWorkspaceAsync();
        var slug = $"bulk-{Guid.NewGuid():N}";
        await workspace.Client.NewLinkAsync($$"""{"url":"https://example.com/","custom_slug":"{{slug}}-taken"}""");

        var data = await (await workspace.Client.PostJsonAsync(Path, $$"""
            {"links":[
              {"url":"https://example.com/0"},
              {"url":"nonsense","labels":[7]},
              {"url":"https://example.com/2","custom_slug":"{{slug}}"},
              {"url":"https://example.com/3","custom_slug":"{{slug.ToUpperInvariant()}}"},
              {"url":"https://example.com/4","custom_slug":"{{slug}}-taken"},
              {"url":"https://example.com/5","typo":1},
              "text",
              {"url":"https://example.com/7","labels":["a"],"expires_at":"2999-01-01T00:00:00Z"}
            ]}
            """)).DataAsync(HttpStatusCode.Created);

        Assert.Equal(
            ["https://example.com/0", "https://example.com/2", "https://example.com/7"],
            data.GetProperty("created").EnumerateArray().Select(link => link.Text("destination")));
        Assert.Equal(
            [
                (1, "VALIDATION_ERROR", "url labels[0]"), (3, "SLUG_TAKEN", ""), (4, "SLUG_TAKEN", ""), (5, "VALIDATION_ERROR", "typo"),
                (6, "VALIDATION_ERROR", "links[6]"),
            ],
            data.GetProperty("errors").EnumerateArray().Select(error => (
                (int)error.Number("index"),
                error.Text("code"),
                error.TryGetProperty("details", out _) ? string.Join(' ', error.Fields()) : "")));
        Assert.All(data.GetProperty("errors").EnumerateArray(), error => Assert.NotEmpty(error.Text("message")));
        foreach (var link in data.GetProperty("created").EnumerateArray())
        {
            Assert.Equal(link.Text("destination"), (await service.Client.VisitAsync(link.Text("short_code"))).Header("Location"));
            Assert.Equal(link.Text("destination"), (await workspace.Client.LinkAsync(link.Text("id"))).Text("destination"));
        }

        Assert.Equal(4, (await (await workspace.Client.GetAsync("/api/v1/links")).BodyAsync()).GetProperty("meta").Number("total"));
    }

    [Fact]
    public async Task Create_AllFail_IsStillCreated()
    {
        var workspace = await service.NewWorkspaceAsync();

        var data = await (await workspace.Client.PostJsonAsync(Path, """{"links":[{"url":"nonsense"}]}""")).DataAsync(HttpStatusCode.Created);

        Assert.Equal((0, 1), (data.GetProperty("created").GetArrayLength(), data.GetProperty("errors").GetArrayLength()));
    }

    [Theory]
    [InlineData("""{}""", "links")]
    [InlineData("""{"links":null}""", "links")]
    [InlineData("""{"links":{}}""", "links")]
    [InlineData("""{"links":[]}""", "links")]
    [InlineData("""{"links":[{"url":"https://example.com/"}],"other":1}""", "other")]
    public async Task Create_BadBody_IsNamed(string body, string field)
    {
        var workspace = await service.NewWorkspaceAsync();

        Assert.Contains(
            field, (await (await workspace.Client.PostJsonAsync(Path, body)).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR")).Fields());
    }

    [Fact]
    public async Task Create_OverAHundred_NothingIsCreated()
    {
        var workspace = await service.NewWorkspaceAsync();

        var response = await workspace.Client.PostJsonAsync(Path, Body(101));

        Assert.Equal(["links"], (await response.ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR")).Fields());
        Assert.Equal(0, (await (await workspace.Client.GetAsync("/api/v1/links")).BodyAsync()).GetProperty("meta").Number("total"));
    }

    [Fact]
    public async Task Create_OverTheMonthsLimit_TheFirstAreCreated()
    {
        await using var instance = await service.StartAnotherAsync(
            new Dictionary<string, string?> { ["Xqr:Plans:Business:LinksPerMonth"] = "120" }, OffsetTime.InMidMonth().Register);
        var workspace = await instance.NewWorkspaceAsync(Plan.Business);
        await workspace.Client.PostJsonAsync(Path, Body(100));

        var data = await (await workspace.Client.PostJsonAsync(Path, Body(30))).DataAsync(HttpStatusCode.Created);

        Assert.Equal(
            Enumerable.Range(0, 20).Select(index => $"https://example.com/{index}"),
            data.GetProperty("created").EnumerateArray().Select(link => link.Text("destination")));
        Assert.Equal(
            Enumerable.Range(20, 10).Select(index => (index, "PLAN_LIMIT_EXCEEDED")),
            data.GetProperty("errors").EnumerateArray().Select(error => ((int)error.Number("index"), error.Text("code"))));
    }

    [Fact]
    public async Task Create_IsOneCallOfTheQuota()
    {
        var workspace = await service.NewWorkspaceAsync(Plan.Business);

        var response = await workspace.Client.PostJsonAsync(Path, Body(50));

        Assert.Equal("24999", response.Header("X-Quota-Remaining"));
    }

    [Fact]
    public async Task Status_SwitchesAndCountsTheLinksThatExist()
    {
        var (workspace, other) = (await service.NewWorkspaceAsync(), await service.NewWorkspaceAsync());
        var links = (await (await workspace.Client.PostJsonAsync(Path, Body(60))).DataAsync(HttpStatusCode.Created))
            .GetProperty("created").EnumerateArray().ToList();
        var foreign = (await other.Client.NewLinkAsync()).Text("id");
        var ids = links.Take(50).Select(link => link.Text("id")).Append(foreign).Append($"{Guid.NewGuid()}")
            .Append("nonsense").Append(links[0].Text("id"));

        var off = await workspace.Client.PatchJsonAsync($"{Path}/status", $$"""{"ids":{{JsonSerializer.Serialize(ids)}},"enabled":false}""");

        Assert.Equal(50, (await off.DataAsync()).Number("updated"));
        Assert.Equal(50, await TotalAsync("?enabled=false"));
        Assert.Equal(10, await TotalAsync("?enabled=true"));
        Assert.Equal(HttpStatusCode.Gone, (await service.Client.VisitAsync(links[0].Text("short_code"))).StatusCode);
        Assert.True((await other.Client.LinkAsync(foreign)).GetProperty("enabled").GetBoolean());

        var on = await workspace.Client.PatchJsonAsync(
            $"{Path}/status", $$"""{"ids":{{JsonSerializer.Serialize(links.Select(link => link.Text("id")))}},"enabled":true}""");
        Assert.Equal(60, (await on.DataAsync()).Number("updated"));
        Assert.Equal(0, await TotalAsync("?enabled=false"));
        Assert.Equal(HttpStatusCode.Found, (await service.Client.VisitAsync(links[0].Text("short_code"))).StatusCode);

        async Task<long> TotalAsync(string query) =>
            (await (await workspace.Client.GetAsync($"/api/v1/links{query}")).BodyAsync()).GetProperty("meta").Number("total");
    }

    [Theory]
    [InlineData("""{"enabled":true}""", "ids")]
    [InlineData("""{"ids":[],"enabled":true}""", "ids")]
    [InlineData("""{"ids":["a"]}""", "enabled")]
    [InlineData("""{"ids":["a"],"enabled":"yes"}""", "enabled")]
    [InlineData("""{"ids":["a",7],"enabled":true}""", "ids[1]")]
    [InlineData("""{"ids":["a"],"enabled":true,"all":true}""", "all")]
    public async Task Status_BadBody_IsNamed(string body, string field)
    {
        var workspace = await service.NewWorkspaceAsync();

        Assert.Equal([field], (await (await workspace.Client.PatchJsonAsync($"{Path}/status", body)).ErrorAsync(
            HttpStatusCode.BadRequest, "VALIDATION_ERROR")).Fields());
    }

    [Fact]
    public async Task Status_OverTwoHundred_IsRefused()
    {
        var workspace = await service.NewWorkspaceAsync();
        var ids = JsonSerializer.Serialize(Enumerable.Range(0, 201).Select(_ => Guid.NewGuid()));

        Assert.Equal(["ids"], (await (await workspace.Client.PatchJsonAsync($"{Path}/status", $$"""{"ids":{{ids}},"enabled":true}""")).ErrorAsync(
            HttpStatusCode.BadRequest, "VALIDATION_ERROR")).Fields());
    }

    private static string Body(int links) =>
        $$"""{"links":[{{string.Join(',', Enumerable.Range(0, links).Select(index => $$"""{"url":"https://example.com/{{index}}"}"""))}}]}""";
}
