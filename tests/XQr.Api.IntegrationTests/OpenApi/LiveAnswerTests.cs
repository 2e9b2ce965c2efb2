using System.Net;
using XQr.Api.IntegrationTests.Assets;
using XQr.Api.Workspaces;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.OpenApi;

/// <summary>What the service really answers is what the description says.</summary>
public sealed class LiveAnswerTests(ServiceFixture service)
{
    private const string Unknown = "/api/v1/links/0198f3a0-52c4-7d1e-9a6b-3f2c8e7d1a40";

    [Fact]
    public async Task Successes_AreAsDescribed()
    {
        var api = await ApiDescription.ReadAsync(service.Client);
        var client = (await service.NewWorkspaceAsync()).Client;
        var slug = $"docs-{Guid.NewGuid():N}";
        var full = $$"""{"url":"https://example.com/","custom_slug":"{{slug}}","labels":["print"],"expires_at":"2100-01-01T00:00:00Z"}""";

        var created = await client.PostJsonAsync("/api/v1/links", full);
        await api.CheckAsync("links.create", created);
        await api.CheckAsync("links.create", await client.PostJsonAsync("/api/v1/links", """{"url":"https://example.com/"}"""));
        var path = created.Header("Location")!;
        await service.Client.VisitAsync($"/{slug}");
        await Eventually.TrueAsync(
            async () => (await (await client.GetAsync(path)).DataAsync()).Number("scan_count") == 1, "The scan is not counted.");
        await api.CheckAsync("links.get", await client.GetAsync(path));
        await api.CheckAsync("qr.renderlink", await client.GetAsync($"{path}/qr"));
        await api.CheckAsync("qr.renderlink", await client.GetAsync($"{path}/qr?format=png"));
        await api.CheckAsync("links.createmany", await client.PostJsonAsync("/api/v1/links/bulk", """{"links":[{"url":"https://example.com/"},{}]}"""));
        await api.CheckAsync("links.switchmany", await client.PatchJsonAsync("/api/v1/links/bulk/status", """{"ids":["a"],"enabled":true}"""));
        await api.CheckAsync("links.list", await client.GetAsync("/api/v1/links?limit=1&label=print&enabled=true"));
        await api.CheckAsync("links.update", await client.PatchJsonAsync(path, """{"enabled":false,"expires_at":null}"""));
        await api.CheckAsync("links.delete", await client.DeleteAsync(path));
        await api.CheckAsync("workspace.get", await client.GetAsync("/api/v1/workspace"));
        await api.CheckAsync("workspace.getusage", await client.GetAsync("/api/v1/workspace/usage"));
        await api.CheckAsync("workspace.listmembers", await client.GetAsync("/api/v1/workspace/members"));
        await api.CheckAsync("health.ready", await service.Client.GetAsync("/health"));
        await api.CheckAsync("health.live", await service.Client.GetAsync("/health/live"));
    }

    [Fact]
    public async Task Assets_AreAsDescribed()
    {
        var api = await ApiDescription.ReadAsync(service.Client);
        var client = (await service.NewWorkspaceAsync()).Client;

        var presigned = await client.PresignAsync(AssetSteps.Png.Length);
        await api.CheckAsync("assets.presign", presigned);
        await api.CheckAsync("assets.presign", await client.PresignAsync(0));
        var id = (await presigned.DataAsync()).Text("asset_id");
        var path = $"{AssetSteps.Assets}/{id}";
        await api.CheckAsync("assets.confirm", await client.DoAsync(id, "confirm"));
        await api.CheckAsync("assets.publish", await client.DoAsync(id, "publish"));
        await (await presigned.DataAsync()).UploadAsync(AssetSteps.Png);
        await api.CheckAsync("assets.confirm", await client.DoAsync(id, "confirm"));
        await api.CheckAsync("assets.confirmpresigned", await client.PostAsync($"{AssetSteps.Assets}/presign/{id}/confirm", null));
        await api.CheckAsync("assets.publish", await client.DoAsync(id, "publish"));
        await api.CheckAsync("assets.get", await client.GetAsync(path));
        await api.CheckAsync("assets.update", await client.PatchJsonAsync(path, """{"filename":"a.png","tags":["a"]}"""));
        await api.CheckAsync("assets.list", await client.GetAsync($"{AssetSteps.Assets}?limit=1"));
        await api.CheckAsync("assets.unpublish", await client.DoAsync(id, "unpublish"));
        await api.CheckAsync("assets.delete", await client.DeleteAsync(path));
        await api.CheckAsync("assets.delete", await client.DeleteAsync(path));
    }

    [Fact]
    public async Task Analytics_AreAsDescribed()
    {
        const string Path = "/api/v1/analytics";
        var api = await ApiDescription.ReadAsync(service.Client);
        var client = (await service.NewWorkspaceAsync()).Client;
        var link = await client.NewLinkAsync("""{"url":"https://example.com/","labels":["print"]}""");
        await service.Client.VisitAsync(link.Text("short_code"));
        await Eventually.TrueAsync(
            async () => (await (await client.GetAsync($"{Path}/summary")).DataAsync()).Number("total_scans") == 1, "The scan is not counted.");

        foreach (var name in (string[])["summary", "geography", "devices", "browsers", "os", "referrers", "labels", "export"])
        {
            await api.CheckAsync($"analytics.{name}", await client.GetAsync($"{Path}/{name}"));
        }

        await api.CheckAsync("analytics.toplinks", await client.GetAsync($"{Path}/top-links"));
        await api.CheckAsync("analytics.timeseries", await client.GetAsync($"{Path}/timeseries?interval=day&tz=Europe/Berlin"));
        await api.CheckAsync("analytics.timeseries", await client.GetAsync($"{Path}/timeseries"));
        await api.CheckAsync("analytics.link", await client.GetAsync($"{Path}/links/{link.Text("id")}"));
        await api.CheckAsync("analytics.linkstats", await client.GetAsync($"{Path}/links/{link.Text("id")}/stats"));
        await api.CheckAsync("analytics.link", await client.GetAsync($"{Path}/links/x"));
    }

    [Fact]
    public async Task Redirects_AreAsDescribed()
    {
        var api = await ApiDescription.ReadAsync(service.Client);
        var client = (await service.NewWorkspaceAsync()).Client;
        var link = await client.NewLinkAsync();
        var path = $"/{link.Text("short_code")}";

        await api.CheckAsync("redirects.follow", await service.Client.VisitAsync(path));
        await client.PatchJsonAsync($"/api/v1/links/{link.Text("id")}", """{"enabled":false}""");
        await api.CheckAsync("redirects.follow", await service.Client.VisitAsync(path));
        await api.CheckAsync("redirects.follow", await service.Client.VisitAsync(path, headers: ("Accept", "application/json")));
        await api.CheckAsync("redirects.follow", await service.Client.VisitAsync("/no-such-link"));
    }

    [Fact]
    public async Task Errors_AreAsDescribed()
    {
        var api = await ApiDescription.ReadAsync(service.Client);
        var workspace = await service.NewWorkspaceAsync();
        var client = workspace.Client;
        using var reader = workspace.ClientWith(await service.Application.NewKeyAsync(workspace.Id, "qr:read"));
        await client.NewLinkAsync($$"""{"url":"https://example.com/","custom_slug":"{{workspace.Id[3..]}}"}""");

        await Check("links.get", HttpStatusCode.Unauthorized, service.Client.GetAsync(Unknown));
        await Check("links.get", HttpStatusCode.Forbidden, reader.GetAsync(Unknown));
        await Check("links.get", HttpStatusCode.NotFound, client.GetAsync(Unknown));
        await Check("links.delete", HttpStatusCode.NotFound, client.DeleteAsync(Unknown));
        await Check("links.update", HttpStatusCode.NotFound, client.PatchJsonAsync(Unknown, "{}"));
        await Check("links.list", HttpStatusCode.BadRequest, client.GetAsync("/api/v1/links?limit=0"));
        await Check("links.create", HttpStatusCode.BadRequest, client.PostJsonAsync("/api/v1/links", "{}"));
        await Check("links.create", HttpStatusCode.BadRequest, client.PostJsonAsync("/api/v1/links", "{"));
        await Check("links.create", HttpStatusCode.UnsupportedMediaType, client.PostAsync("/api/v1/links", new StringContent("{}")));
        await Check("links.create", HttpStatusCode.RequestEntityTooLarge, client.PostJsonAsync("/api/v1/links", new string(' ', (1024 * 1024) + 1)));
        await Check("links.create", HttpStatusCode.Conflict, client.PostJsonAsync(
            "/api/v1/links", $$"""{"url":"https://example.com/","custom_slug":"{{workspace.Id[3..]}}"}"""));

        async Task Check(string operationId, HttpStatusCode expected, Task<HttpResponseMessage> sending)
        {
            var answer = await sending;
            Assert.Equal(expected, answer.StatusCode);
            await api.CheckAsync(operationId, answer);
        }
    }

    [Fact]
    public async Task BurstLimit_IsAsDescribed()
    {
        var api = await ApiDescription.ReadAsync(service.Client);
        await using var tight = await service.StartAnotherAsync(new Dictionary<string, string?> { ["Xqr:Plans:Pro:BurstPerSecond"] = "1" });
        var client = (await tight.NewWorkspaceAsync(Plan.Pro)).Client;

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => client.GetAsync("/api/v1/links")));

        Assert.Contains(answers, answer => answer.StatusCode == HttpStatusCode.TooManyRequests);
        foreach (var answer in answers)
        {
            await api.CheckAsync("links.list", answer);
        }
    }

    /// <summary>What the schema of a request allows, the service takes; what it forbids, it refuses.</summary>
    [Theory]
    [InlineData("links.create", """{"url":"https://example.com/"}""", true)]
    [InlineData("links.create", """{"url":"https://example.com/","custom_slug":null,"labels":null,"expires_at":null}""", true)]
    [InlineData("links.create", """{"url":"https://example.com/","expires_at":"2100-01-01T02:00:00+02:00"}""", true)]
    [InlineData("links.create", """{}""", false)]
    [InlineData("links.create", """{"url":7}""", false)]
    [InlineData("links.create", """{"url":"not a url"}""", false)]
    [InlineData("links.create", """{"url":"https://example.com/","custom_slug":"ab"}""", false)]
    [InlineData("links.create", """{"url":"https://example.com/","custom_slug":"-abc"}""", false)]
    [InlineData("links.create", """{"url":"https://example.com/","custom_slug":"a_bc"}""", false)]
    [InlineData("links.create", """{"url":"https://example.com/","labels":[""]}""", false)]
    [InlineData("links.create", """{"url":"https://example.com/","labels":["1","2","3","4","5","6","7","8","9","10","11"]}""", false)]
    [InlineData("links.create", """{"url":"https://example.com/","labelz":[]}""", false)]
    [InlineData("links.update", """{}""", true)]
    [InlineData("links.update", """{"url":"https://example.org/","labels":[],"enabled":true,"expires_at":null}""", true)]
    [InlineData("links.update", """{"url":null}""", false)]
    [InlineData("links.update", """{"labels":null}""", false)]
    [InlineData("links.update", """{"enabled":null}""", false)]
    [InlineData("links.update", """{"enabled":"yes"}""", false)]
    [InlineData("links.update", """{"custom_slug":"abc"}""", false)]
    public async Task Bodies_AreTakenAsDescribed(string operationId, string body, bool valid)
    {
        var api = await ApiDescription.ReadAsync(service.Client);
        var client = (await service.NewWorkspaceAsync()).Client;
        var id = (await client.NewLinkAsync()).Text("id");

        var answer = operationId == "links.create"
            ? await client.PostJsonAsync("/api/v1/links", body)
            : await client.PatchJsonAsync($"/api/v1/links/{id}", body);

        Assert.Equal(valid, answer.IsSuccessStatusCode);
        Assert.Equal(valid, api.Accepts(operationId, body));
    }
}
