using System.Net;
using XQr.Api.IntegrationTests.Assets;
using XQr.Api.Tenancy;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.OpenApi;

/// <summary>The responses of the service match its description.</summary>
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
        await api.CheckAsync("linksCreate", created);
        await api.CheckAsync("linksCreate", await client.PostJsonAsync("/api/v1/links", """{"url":"https://example.com/"}"""));
        var path = created.Header("Location")!;
        await service.Client.VisitAsync($"/{slug}");
        await Eventually.TrueAsync(
            async () => (await (await client.GetAsync(path)).DataAsync()).Number("scan_count") == 1, "The scan is not counted.");
        await api.CheckAsync("linksGet", await client.GetAsync(path));
        await api.CheckAsync("qrRenderLink", await client.GetAsync($"{path}/qr"));
        await api.CheckAsync("qrRenderLink", await client.GetAsync($"{path}/qr?format=png"));
        await api.CheckAsync(
            "linksCreateMany", await client.PostJsonAsync("/api/v1/links/bulk", """{"links":[{"url":"https://example.com/"},{}]}"""));
        await api.CheckAsync("linksSwitchMany", await client.PatchJsonAsync("/api/v1/links/bulk/status", """{"ids":["a"],"enabled":true}"""));
        await api.CheckAsync("linksUpdateMany", await client.PatchJsonAsync("/api/v1/links/bulk", """{"ids":["a"],"set":{"expires_at":null}}"""));
        await api.CheckAsync("linksDeleteMany", await client.PostJsonAsync("/api/v1/links/bulk/delete", """{"ids":["a"]}"""));
        await api.CheckAsync("linksList", await client.GetAsync("/api/v1/links?limit=1&label=print&enabled=true"));
        await api.CheckAsync("linksUpdate", await client.PatchJsonAsync(path, """{"enabled":false,"expires_at":null}"""));
        await api.CheckAsync("linksDelete", await client.DeleteAsync(path));
        await api.CheckAsync("workspaceGet", await client.GetAsync("/api/v1/workspace"));
        await api.CheckAsync("workspaceGetUsage", await client.GetAsync("/api/v1/workspace/usage"));
        await api.CheckAsync("workspaceListMembers", await client.GetAsync("/api/v1/workspace/members"));
        await api.CheckAsync("healthReady", await service.Client.GetAsync("/health"));
        await api.CheckAsync("healthLive", await service.Client.GetAsync("/health/live"));
    }

    [Fact]
    public async Task Assets_AreAsDescribed()
    {
        var api = await ApiDescription.ReadAsync(service.Client);
        var client = (await service.NewWorkspaceAsync()).Client;

        var presigned = await client.PresignAsync(AssetSteps.Png.Length);
        await api.CheckAsync("assetsPresign", presigned);
        await api.CheckAsync("assetsPresign", await client.PresignAsync(0));
        var id = (await presigned.DataAsync()).Text("asset_id");
        var path = $"{AssetSteps.Assets}/{id}";
        await api.CheckAsync("assetsConfirm", await client.DoAsync(id, "confirm"));
        await api.CheckAsync("assetsPublish", await client.DoAsync(id, "publish"));
        await (await presigned.DataAsync()).UploadAsync(AssetSteps.Png);
        await api.CheckAsync("assetsConfirm", await client.DoAsync(id, "confirm"));
        await api.CheckAsync("assetsConfirmPresigned", await client.PostAsync($"{AssetSteps.Assets}/presign/{id}/confirm", null));
        await api.CheckAsync("assetsPublish", await client.DoAsync(id, "publish"));
        await api.CheckAsync("assetsGet", await client.GetAsync(path));
        await api.CheckAsync("assetsUpdate", await client.PatchJsonAsync(path, """{"filename":"a.png","tags":["a"]}"""));
        await api.CheckAsync("assetsList", await client.GetAsync($"{AssetSteps.Assets}?limit=1"));
        await api.CheckAsync("assetsUnpublish", await client.DoAsync(id, "unpublish"));
        await api.CheckAsync("assetsDelete", await client.DeleteAsync(path));
        await api.CheckAsync("assetsDelete", await client.DeleteAsync(path));
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
            await api.CheckAsync($"analytics{char.ToUpperInvariant(name[0])}{name[1..]}", await client.GetAsync($"{Path}/{name}"));
        }

        await api.CheckAsync("analyticsTopLinks", await client.GetAsync($"{Path}/top-links"));
        await api.CheckAsync("analyticsTimeseries", await client.GetAsync($"{Path}/timeseries?interval=day&tz=Europe/Berlin"));
        await api.CheckAsync("analyticsTimeseries", await client.GetAsync($"{Path}/timeseries"));
        await api.CheckAsync("analyticsLink", await client.GetAsync($"{Path}/links/{link.Text("id")}"));
        await api.CheckAsync("analyticsLinkStats", await client.GetAsync($"{Path}/links/{link.Text("id")}/stats"));
        await api.CheckAsync("analyticsLink", await client.GetAsync($"{Path}/links/x"));
    }

    [Fact]
    public async Task Redirects_AreAsDescribed()
    {
        var api = await ApiDescription.ReadAsync(service.Client);
        var client = (await service.NewWorkspaceAsync()).Client;
        var link = await client.NewLinkAsync();
        var path = $"/{link.Text("short_code")}";

        await api.CheckAsync("redirectsFollow", await service.Client.VisitAsync(path));
        await client.PatchJsonAsync($"/api/v1/links/{link.Text("id")}", """{"enabled":false}""");
        await api.CheckAsync("redirectsFollow", await service.Client.VisitAsync(path));
        await api.CheckAsync("redirectsFollow", await service.Client.VisitAsync(path, headers: ("Accept", "application/json")));
        await api.CheckAsync("redirectsFollow", await service.Client.VisitAsync("/no-such-link"));
    }

    [Fact]
    public async Task Errors_AreAsDescribed()
    {
        var api = await ApiDescription.ReadAsync(service.Client);
        var workspace = await service.NewWorkspaceAsync();
        var client = workspace.Client;
        using var reader = workspace.ClientWith(await service.Application.NewKeyAsync(workspace.Id, "qr:read"));
        await client.NewLinkAsync($$"""{"url":"https://example.com/","custom_slug":"{{workspace.Id[3..]}}"}""");

        await Check("linksGet", HttpStatusCode.Unauthorized, service.Client.GetAsync(Unknown));
        await Check("linksGet", HttpStatusCode.Forbidden, reader.GetAsync(Unknown));
        await Check("linksGet", HttpStatusCode.NotFound, client.GetAsync(Unknown));
        await Check("linksDelete", HttpStatusCode.NotFound, client.DeleteAsync(Unknown));
        await Check("linksUpdate", HttpStatusCode.NotFound, client.PatchJsonAsync(Unknown, "{}"));
        await Check("linksList", HttpStatusCode.BadRequest, client.GetAsync("/api/v1/links?limit=0"));
        await Check("linksCreate", HttpStatusCode.BadRequest, client.PostJsonAsync("/api/v1/links", "{}"));
        await Check("linksCreate", HttpStatusCode.BadRequest, client.PostJsonAsync("/api/v1/links", "{"));
        await Check("linksCreate", HttpStatusCode.UnsupportedMediaType, client.PostAsync("/api/v1/links", new StringContent("{}")));
        await Check("linksCreate", HttpStatusCode.RequestEntityTooLarge, client.PostJsonAsync("/api/v1/links", new string(' ', (1024 * 1024) + 1)));
        await Check("linksCreate", HttpStatusCode.Conflict, client.PostJsonAsync(
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
            await api.CheckAsync("linksList", answer);
        }
    }

    /// <summary>The service accepts and refuses the same bodies as the schema of the request.</summary>
    [Theory]
    [InlineData("linksCreate", """{"url":"https://example.com/"}""", true)]
    [InlineData("linksCreate", """{"url":"https://example.com/","custom_slug":null,"labels":null,"expires_at":null}""", true)]
    [InlineData("linksCreate", """{"url":"https://example.com/","expires_at":"2100-01-01T02:00:00+02:00"}""", true)]
    [InlineData("linksCreate", """{}""", false)]
    [InlineData("linksCreate", """{"url":7}""", false)]
    [InlineData("linksCreate", """{"url":"not a url"}""", false)]
    [InlineData("linksCreate", """{"url":"https://example.com/","custom_slug":"ab"}""", false)]
    [InlineData("linksCreate", """{"url":"https://example.com/","custom_slug":"-abc"}""", false)]
    [InlineData("linksCreate", """{"url":"https://example.com/","custom_slug":"a_bc"}""", false)]
    [InlineData("linksCreate", """{"url":"https://example.com/","labels":[""]}""", false)]
    [InlineData("linksCreate", """{"url":"https://example.com/","labels":["1","2","3","4","5","6","7","8","9","10","11"]}""", false)]
    [InlineData("linksCreate", """{"url":"https://example.com/","labelz":[]}""", false)]
    [InlineData("linksUpdate", """{}""", true)]
    [InlineData("linksUpdate", """{"url":"https://example.org/","labels":[],"enabled":true,"expires_at":null}""", true)]
    [InlineData("linksUpdate", """{"url":null}""", false)]
    [InlineData("linksUpdate", """{"labels":null}""", false)]
    [InlineData("linksUpdate", """{"enabled":null}""", false)]
    [InlineData("linksUpdate", """{"enabled":"yes"}""", false)]
    [InlineData("linksUpdate", """{"custom_slug":"abc"}""", false)]
    public async Task Bodies_AreTakenAsDescribed(string operationId, string body, bool valid)
    {
        var api = await ApiDescription.ReadAsync(service.Client);
        var client = (await service.NewWorkspaceAsync()).Client;
        var id = (await client.NewLinkAsync()).Text("id");

        var answer = operationId == "linksCreate"
            ? await client.PostJsonAsync("/api/v1/links", body)
            : await client.PatchJsonAsync($"/api/v1/links/{id}", body);

        Assert.Equal(valid, answer.IsSuccessStatusCode);
        Assert.Equal(valid, api.Accepts(operationId, body));
    }
}
