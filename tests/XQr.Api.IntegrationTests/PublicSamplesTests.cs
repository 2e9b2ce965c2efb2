using System.Net;
using System.Text.Json;
using XQr.Api.IntegrationTests.Assets;
using XQr.Api.IntegrationTests.Developers;
using XQr.Api.IntegrationTests.Qr;
using XQr.Api.Storage;
using XQr.Api.Tenancy;
using XQr.Testing;

namespace XQr.Api.IntegrationTests;

/// <summary>Calls as the samples of the public xQR API make them, one a test: code that was written for that API works here.</summary>
public sealed class PublicSamplesTests(ServiceFixture service)
{
    private const string V1 = "/api/v1";

    [Fact]
    public async Task CreateALink() => HasMembers(
        await (await ClientAsync())
            .NewLinkAsync("""{"url":"https://example.com/landing","labels":["campaign-2026"],"expires_at":"2090-12-31T23:59:59.000Z"}"""),
        "id", "short_url", "short_code", "destination", "enabled", "labels", "routing_rules", "scan_count", "last_scan_at", "expires_at",
        "created_at", "updated_at");

    /// <summary>Python's requests writes booleans in its own way.</summary>
    [Fact]
    public async Task ListLinks_BooleansOfPython()
    {
        var client = await ClientAsync();
        await client.NewLinkAsync("""{"url":"https://example.com/","labels":["print"]}""");

        var list = await (await client.GetAsync($"{V1}/links?limit=50&offset=0&label=print&enabled=True")).BodyAsync();

        Assert.Equal(1, list.GetProperty("data").GetArrayLength());
        Assert.Equal(
            (1, 50, 0),
            (list.GetProperty("meta").Number("total"), list.GetProperty("meta").Number("limit"), list.GetProperty("meta").Number("offset")));
    }

    [Fact]
    public async Task ChangeALink_WithTheObjectThatWasGiven()
    {
        var client = await ClientAsync();
        var link = await client.NewLinkAsync();
        var body = link.GetRawText().Replace("https://example.com/", "https://example.com/new", StringComparison.Ordinal);

        Assert.Equal(
            "https://example.com/new", (await (await client.PatchJsonAsync($"{V1}/links/{link.Text("id")}", body)).DataAsync()).Text("destination"));
    }

    [Fact]
    public async Task DeleteALink()
    {
        var client = await ClientAsync();
        var path = $"{V1}/links/{(await client.NewLinkAsync()).Text("id")}";

        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync(path)).StatusCode);
        await (await client.GetAsync(path)).ErrorAsync(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    [Fact]
    public async Task CreateManyLinks()
    {
        var client = await ClientAsync();

        var response = await client.PostJsonAsync($"{V1}/links/bulk", """{"links":[{"url":"https://example.com/1"},{"url":"nothing"}]}""");
        var data = await response.DataAsync(HttpStatusCode.Created);

        Assert.Equal(1, data.GetProperty("created").GetArrayLength());
        HasMembers(data.GetProperty("errors")[0], "index", "code", "message");
    }

    [Fact]
    public async Task SwitchManyLinks()
    {
        var client = await ClientAsync();
        var id = (await client.NewLinkAsync()).Text("id");

        var response = await client.PatchJsonAsync($"{V1}/links/bulk/status", $$"""{"ids":["{{id}}"],"enabled":false}""");

        Assert.Equal(1, (await response.DataAsync()).Number("updated"));
    }

    [Fact]
    public async Task ChangeAndDeleteManyLinks()
    {
        var client = await ClientAsync();
        var id = (await client.NewLinkAsync()).Text("id");

        var changed = await client.PatchJsonAsync($"{V1}/links/bulk", $$"""{"ids":["{{id}}","a"],"add_labels":["b"]}""");
        var data = await changed.DataAsync();
        Assert.Equal(1, data.Number("updated"));
        HasMembers(data.GetProperty("errors")[0], "id", "code", "message");

        var deleted = await client.PostJsonAsync($"{V1}/links/bulk/delete", $$"""{"ids":["{{id}}","a"]}""");
        Assert.Equal(1, (await deleted.DataAsync()).Number("deleted"));
    }

    [Theory]
    [InlineData("svg", "image/svg+xml")]
    [InlineData("png", "image/png")]
    public async Task RenderALinksCode(string format, string type)
    {
        var client = await ClientAsync();
        var response = await client.GetAsync($"{V1}/links/{(await client.NewLinkAsync()).Text("id")}/qr?format={format}&size=10");

        Assert.Equal((HttpStatusCode.OK, type), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task ListTemplates_AllOfThemWithoutParameters()
    {
        var client = await ClientAsync();
        for (var i = 0; i < Page.DefaultLimit + 1; i++)
        {
            await client.NewTemplateAsync();
        }

        var all = await (await client.GetAsync($"{V1}/qr/templates")).BodyAsync();
        Assert.Equal(Page.DefaultLimit + 1, all.GetProperty("data").GetArrayLength());
        Assert.Equal(Page.DefaultLimit + 1, all.GetProperty("meta").Number("total"));
        HasMembers(all.GetProperty("data")[0], "id", "name", "description", "design", "created_at", "updated_at");

        var page = await (await client.GetAsync($"{V1}/qr/templates?limit=2&offset=50")).BodyAsync();
        Assert.Equal((1, 2), (page.GetProperty("data").GetArrayLength(), page.GetProperty("meta").Number("limit")));
        await (await client.GetAsync($"{V1}/qr/templates?limit=201")).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task RenderATemplate_ByPostWithAQuery()
    {
        var client = await ClientAsync();
        var id = (await client.NewTemplateAsync("""{"dot_style":"rounded"}""")).Text("id");

        var response = await client.PostAsync($"{V1}/qr/templates/{id}/render?data=https%3A%2F%2Fexample.com&format=svg&size=10", null);

        Assert.Equal("image/svg+xml", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Summary() => HasMembers(
        await (await (await ClientAsync()).GetAsync($"{V1}/analytics/summary?period=30d")).DataAsync(),
        "total_links", "total_scans", "active_links_30d", "unique_countries", "unique_visitors", "scans_change_pct", "top_countries", "top_devices");

    [Theory]
    [InlineData("interval=day&from_date=2026-03-01&to_date=2026-03-03", 3)]
    [InlineData("granularity=day&period=7d", 7)]
    [InlineData("period=day", 30)]
    [InlineData("interval=day&from_date=2026-03-01T10:00:00.000Z&to_date=2026-03-02T23:30:00-02:00", 3)]
    public async Task Timeseries_ByEveryNameOfItsParameters(string query, int points)
    {
        var data = await (await (await ClientAsync()).GetAsync($"{V1}/analytics/timeseries?{query}")).DataAsync();

        Assert.Equal("day", data.Text("interval"));
        Assert.Equal(points, data.GetProperty("points").GetArrayLength());
        HasMembers(data.GetProperty("points")[0], "date", "timestamp", "scans", "unique_visitors");
    }

    [Fact]
    public async Task Geography() =>
        Assert.Equal(
            JsonValueKind.Array, (await (await (await ClientAsync()).GetAsync($"{V1}/analytics/geography?period=30d")).DataAsync()).ValueKind);

    [Theory]
    [InlineData("")]
    [InlineData("/stats")]
    public async Task StatisticsOfALink(string end)
    {
        var client = await ClientAsync();
        var id = (await client.NewLinkAsync()).Text("id");

        HasMembers(
            await (await client.GetAsync($"{V1}/analytics/links/{id}{end}")).DataAsync(),
            "link_id", "short_code", "total_scans", "last_scan_at", "countries", "devices", "browsers", "daily_scans");
    }

    [Theory]
    [InlineData("")]
    [InlineData("presign/")]
    public async Task UploadAnAsset_WithoutAType(string path)
    {
        var client = await ClientAsync();
        var presigned = await (await client.PostAsync($"{V1}/assets/presign?filename=data.bin&file_size=3", null)).DataAsync();
        HasMembers(presigned, "asset_id", "upload_url", "method", "headers");
        Assert.Equal(HttpStatusCode.Created, (await presigned.UploadAsync([1, 2, 3])).StatusCode);

        var asset = await (await client.PostAsync($"{V1}/assets/{path}{presigned.Text("asset_id")}/confirm", null)).DataAsync();

        Assert.Equal(("confirmed", "application/octet-stream"), (asset.Text("status"), asset.Text("mime_type")));
        HasMembers(asset, "id", "filename", "mime_type", "file_size", "status", "is_public", "public_url", "tags", "created_at", "updated_at");
    }

    [Fact]
    public async Task Usage() => HasMembers(
        await (await (await ClientAsync()).GetAsync($"{V1}/workspace/usage")).DataAsync(), "plan", "usage", "limits", "features");

    /// <summary>A member who was invited without a name is called by the address.</summary>
    [Fact]
    public async Task Members_HaveNames()
    {
        var owner = await service.NewOwnedWorkspaceAsync();
        var invited = await owner.Client.InviteAsync();
        using var client = service.Application.NewClient(await service.Application.NewKeyAsync(owner.WorkspaceId));

        var list = await (await client.GetAsync($"{V1}/workspace/members")).BodyAsync();

        Assert.Equal(2, list.GetProperty("meta").Number("total"));
        var member = list.GetProperty("data").EnumerateArray().Single(member => member.Text("id") == invited.Text("id"));
        Assert.Equal(invited.Text("email").Split('@')[0], member.Text("name"));
        Assert.Equal(1, (await (await client.GetAsync($"{V1}/workspace/members?limit=1&offset=1")).DataAsync()).GetArrayLength());
    }

    [Fact]
    public async Task RateLimit_TellsTheMinuteTheBurstAndTheMonth()
    {
        var client = (await service.NewWorkspaceAsync(Plan.Business)).Client;

        var response = await client.GetAsync($"{V1}/workspace");
        var limits = (await response.BodyAsync()).GetProperty("meta").GetProperty("rate_limit");

        HasMembers(limits, "limit", "remaining", "reset", "reset_at", "burst_limit", "burst_remaining", "quota_limit", "quota_remaining");
        Assert.Equal(limits.Number("reset"), DateTimeOffset.Parse(limits.Text("reset_at")).ToUnixTimeSeconds());
        Assert.Equal((25_000, response.Header("X-Quota-Remaining")), (limits.Number("quota_limit"), $"{limits.Number("quota_remaining")}"));
    }

    [Theory]
    [InlineData("login")]
    [InlineData("Well-Known")]
    [InlineData("mcp")]
    public async Task ReservedSlug_IsRefused(string slug) => Assert.Equal(
        ["custom_slug"],
        (await (await (await ClientAsync()).PostJsonAsync($"{V1}/links", $$"""{"url":"https://example.com/","custom_slug":"{{slug}}"}""")).ErrorAsync(
            HttpStatusCode.BadRequest, "VALIDATION_ERROR")).Fields());

    private async Task<HttpClient> ClientAsync() => (await service.NewWorkspaceAsync()).Client;

    private static void HasMembers(JsonElement element, params string[] names) =>
        Assert.Empty(names.Except(element.EnumerateObject().Select(member => member.Name)));
}
