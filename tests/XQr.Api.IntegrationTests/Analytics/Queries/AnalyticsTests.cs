using System.Net;
using System.Text.Json;
using XQr.Api.Analytics.Scans;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Analytics.Queries;

public sealed class AnalyticsTests(ServiceFixture service)
{
    private const string Unknown = "0198f3a0-52c4-7d1e-9a6b-3f2c8e7d1a40";

    public static TheoryData<string> Paths =>
    [
        "summary", "timeseries?interval=day", "geography", "devices", "browsers", "os", "referrers", "labels", "top-links",
        "links/{id}", "links/{id}/stats", "export",
    ];

    public static TheoryData<string> PathsOfALink =>
    [
        "timeseries?interval=day&link_id=", "geography?link_id=", "devices?link_id=", "browsers?link_id=", "os?link_id=",
        "referrers?link_id=", "labels?link_id=", "export?link_id=", "links/",
    ];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Scope_IsNeeded(string path)
    {
        var workspace = await service.NewWorkspaceAsync();
        var link = await KnownLink.CreateAsync(workspace.Client);
        using var reader = workspace.ClientWith(await service.Application.NewKeyAsync(workspace.Id, "analytics:read"));
        using var other = workspace.ClientWith(await service.Application.NewKeyAsync(workspace.Id, "links:read", "reports:read"));

        var allowed = await reader.GetAsync(Url(path, link.Id));

        Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);
        Assert.Equal("no-store, private", allowed.Headers.CacheControl!.ToString());
        await (await other.GetAsync(Url(path, link.Id))).ErrorAsync(HttpStatusCode.Forbidden, "INSUFFICIENT_SCOPE");
        await (await service.Client.GetAsync(Url(path, link.Id))).ErrorAsync(HttpStatusCode.Unauthorized, "INVALID_API_KEY");
        await (await reader.PostJsonAsync(Url(path, link.Id), "{}")).ErrorAsync(HttpStatusCode.MethodNotAllowed, "METHOD_NOT_ALLOWED");
    }

    [Theory]
    [MemberData(nameof(PathsOfALink))]
    public async Task LinkThatIsNotThere_IsNotFound(string path)
    {
        var workspace = await service.NewWorkspaceAsync();
        var foreign = await KnownLink.CreateAsync((await service.NewWorkspaceAsync()).Client);

        foreach (var id in (string[])[Unknown, foreign.Id.ToString(), "x", .. path.EndsWith('=') ? [""] : Array.Empty<string>()])
        {
            await (await workspace.Client.GetAsync($"/api/v1/analytics/{path}{id}")).ErrorAsync(HttpStatusCode.NotFound, "NOT_FOUND");
        }
    }

    [Theory]
    [InlineData("summary?period=30", "period")]
    [InlineData("summary?period=&include_bots=yes", "period", "include_bots")]
    [InlineData("timeseries", "interval")]
    [InlineData("timeseries?interval=day&from_date=2026-13-01&include_bots=2", "from_date", "include_bots")]
    [InlineData("timeseries?interval=hour&from_date=2026-01-01&to_date=2026-02-01", "from_date")]
    [InlineData("timeseries?interval=day&tz=Nowhere", "tz")]
    [InlineData("geography?period=1y", "period")]
    [InlineData("labels?period=1y", "period")]
    [InlineData("top-links?limit=0&period=x", "period", "limit")]
    [InlineData("top-links?limit=201", "limit")]
    [InlineData("links/0198f3a0-52c4-7d1e-9a6b-3f2c8e7d1a40?period=x&tz=x", "period", "tz")]
    [InlineData("export?from_date=x&to_date=2026-03-01T00:00:00+1", "from_date", "to_date")]
    [InlineData("export?from_date=2026-03-02&to_date=2026-03-01", "from_date")]
    public async Task Faults_AreNamed(string path, params string[] fields)
    {
        var client = (await service.NewWorkspaceAsync()).Client;

        var error = await (await client.GetAsync($"/api/v1/analytics/{path}")).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");

        Assert.Equal(fields, error.Fields());
    }

    [Fact]
    public async Task NoScans_ZerosAndEmptyLists()
    {
        var client = (await service.NewWorkspaceAsync()).Client;

        Assert.Equal(
            """{"total_links":0,"total_scans":0,"active_links_30d":0,"unique_countries":0,"unique_visitors":"""
            + """0,"scans_change_pct":null,"top_countries":[],"top_devices":[]}""",
            (await DataAsync(client, "summary")).GetRawText());
        Assert.Equal(30, (await DataAsync(client, "timeseries?interval=day")).GetProperty("points").GetArrayLength());
        Assert.Equal(1, (await DataAsync(client, "timeseries?interval=day&period=all")).GetProperty("points").GetArrayLength());
        Assert.Equal(7 * 24, (await DataAsync(client, "timeseries?granularity=hour&period=7d")).GetProperty("points").GetArrayLength());
        Assert.Equal(0, (await DataAsync(client, "geography")).GetArrayLength());
    }

    /// <summary>Everything that is told of a visit, from the visit on.</summary>
    [Fact]
    public async Task Visit_IsInAllStatisticsAtOnce()
    {
        var time = OffsetTime.InMidMonth();
        var settings = new Dictionary<string, string?>
        {
            ["Xqr:CountryHeader"] = "X-Country",
            ["Xqr:ClientIpHeader"] = "X-Client",
            ["Xqr:Scans:CommitWait"] = "5000",
        };
        await using var instance = await service.StartAnotherAsync(settings, time.Register);
        await using var other = await service.StartAnotherAsync(services: time.Register);
        var workspace = await instance.NewWorkspaceAsync();
        var link = await KnownLink.CreateAsync(workspace.Client, "print");
        (string, string)[] headers = [("X-Country", "DE"), ("X-Client", "192.0.2.7"), ("Referer", "https://news.example/today")];

        await instance.Client.VisitAsync(link.ShortCode, headers: headers);
        await instance.Client.VisitAsync(link.ShortCode, headers: headers);
        await instance.Client.VisitAsync(link.ShortCode, userAgent: "Googlebot/2.1 (+http://www.google.com/bot.html)", headers: headers);

        // Another instance tells of it as well.
        using var client = other.NewClient(workspace.Key);
        var summary = await DataAsync(client, "summary");
        Assert.Equal(
            (1, 2, 1, 1),
            (summary.Number("total_links"), summary.Number("total_scans"), summary.Number("unique_visitors"), summary.Number("active_links_30d")));
        Assert.Equal("""[{"country":"Germany","country_code":"DE","scans":2}]""", summary.GetProperty("top_countries").GetRawText());
        Assert.Equal("""[{"device":"desktop","scans":2,"percentage":100}]""", summary.GetProperty("top_devices").GetRawText());
        Assert.Equal(3, (await DataAsync(client, "summary?include_bots=true")).Number("total_scans"));
        var today = (await DataAsync(client, "timeseries?interval=day")).GetProperty("points")[29];
        Assert.Equal((2, 1), (today.Number("scans"), today.Number("unique_visitors")));
        Assert.Equal("""[{"country":"DE","count":2}]""", (await DataAsync(client, "geography")).GetRawText());
        Assert.Equal("""[{"device":"desktop","count":2}]""", (await DataAsync(client, "devices")).GetRawText());
        Assert.Equal("""[{"browser":"Chrome","count":2}]""", (await DataAsync(client, "browsers")).GetRawText());
        Assert.Equal("""[{"os":"Windows","count":2}]""", (await DataAsync(client, "os")).GetRawText());
        Assert.Equal("""[{"referrer":"news.example","count":2}]""", (await DataAsync(client, "referrers")).GetRawText());
        Assert.Equal("""[{"label":"print","count":2}]""", (await DataAsync(client, "labels")).GetRawText());
        Assert.Equal(
            $$"""[{"link_id":"{{link.Id}}","short_code":"{{link.ShortCode}}","destination":"https://example.com/","scans":2}]""",
            (await DataAsync(client, "top-links")).GetRawText());
        Assert.Equal(2, (await DataAsync(client, $"links/{link.Id}")).Number("total_scans"));
        Assert.Contains(
            $",{link.ShortCode},DE,desktop,Chrome,Windows,news.example\r\n",
            await client.GetStringAsync("/api/v1/analytics/export"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_HaveATotal()
    {
        var workspace = await service.NewWorkspaceAsync();
        KnownLink[] links =
        [
            await KnownLink.CreateAsync(workspace.Client),
            await KnownLink.CreateAsync(workspace.Client),
            await KnownLink.CreateAsync(workspace.Client),
        ];
        await service.Application.StoreScansAsync(
            workspace.Id, links.Select(link => new Scan(link.Id, DateTimeOffset.UtcNow, "DE", "mobile", "Safari", "iOS", "direct")));

        var devices = (await (await workspace.Client.GetAsync("/api/v1/analytics/devices")).BodyAsync()).GetProperty("meta");
        var top = await (await workspace.Client.GetAsync("/api/v1/analytics/top-links?limit=2")).BodyAsync();

        Assert.Equal(1, devices.Number("total"));
        Assert.False(devices.TryGetProperty("limit", out _));
        Assert.Equal((3, 2), (top.GetProperty("meta").Number("total"), top.GetProperty("meta").Number("limit")));
        Assert.Equal([links[2].Id, links[1].Id], top.GetProperty("data").EnumerateArray().Select(link => link.GetProperty("link_id").GetGuid()));
    }

    private static string Url(string path, Guid id) => $"/api/v1/analytics/{path.Replace("{id}", id.ToString(), StringComparison.Ordinal)}";

    private static async Task<JsonElement> DataAsync(HttpClient client, string path) =>
        await (await client.GetAsync($"/api/v1/analytics/{path}")).DataAsync();
}
