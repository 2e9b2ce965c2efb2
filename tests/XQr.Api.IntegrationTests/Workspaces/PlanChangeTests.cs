using System.Net;
using System.Text.Json;
using XQr.Api.Developers;
using XQr.Api.Tenancy;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Workspaces;

/// <summary>A workspace that moves to a smaller plan keeps its resources, and creates no more until it is below the limits.</summary>
public sealed class PlanChangeTests(ServiceFixture service)
{
    private readonly OffsetTime time = OffsetTime.InMidMonth();

    [Fact]
    public async Task Free_NoApiWhileItsLinksWork()
    {
        await using var instance = await service.StartAnotherAsync(services: time.Register);
        var workspace = await instance.NewWorkspaceAsync(Plan.Pro);
        var link = await workspace.Client.NewLinkAsync();

        await MoveAsync(workspace, Plan.Free);

        foreach (var path in (string[])["/api/v1/links", $"/api/v1/links/{link.Text("id")}", "/api/v1/workspace", "/api/v1/workspace/usage"])
        {
            var answer = await workspace.Client.GetAsync(path);
            await answer.ErrorAsync(HttpStatusCode.Forbidden, "FEATURE_NOT_AVAILABLE");
            Assert.Equal(("0", "0"), (answer.Header("X-RateLimit-Limit"), answer.Header("X-Quota-Remaining")));
        }

        await (await workspace.Client.PostJsonAsync("/api/v1/links", """{"url":"https://example.com/"}"""))
            .ErrorAsync(HttpStatusCode.Forbidden, "FEATURE_NOT_AVAILABLE");
        Assert.Equal(HttpStatusCode.Found, (await instance.Client.VisitAsync(link.Text("short_code"))).StatusCode);

        await MoveAsync(workspace, Plan.Pro);
        Assert.Equal(1, (await (await workspace.Client.GetAsync("/api/v1/links")).BodyAsync()).GetProperty("meta").Number("total"));
    }

    [Fact]
    public async Task LinksOverTheLimit_StayAndNewOnesAreRefused()
    {
        await using var instance = await StartAsync(("LinksPerMonth", "2"));
        var workspace = await instance.NewWorkspaceAsync(Plan.Business);
        var links = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            links.Add((await workspace.Client.NewLinkAsync()).Text("id"));
        }

        await MoveAsync(workspace, Plan.Pro);

        await (await workspace.Client.PostJsonAsync("/api/v1/links", """{"url":"https://example.com/"}"""))
            .ErrorAsync(HttpStatusCode.Forbidden, "PLAN_LIMIT_EXCEEDED");
        var bulk = await (await workspace.Client.PostJsonAsync("/api/v1/links/bulk", """{"links":[{"url":"https://example.com/"}]}"""))
            .DataAsync(HttpStatusCode.Created);
        Assert.Equal("PLAN_LIMIT_EXCEEDED", bulk.GetProperty("errors")[0].Text("code"));
        foreach (var id in links)
        {
            var changed = await workspace.Client.PatchJsonAsync($"/api/v1/links/{id}", """{"url":"https://example.org/"}""");
            Assert.Equal("https://example.org/", (await changed.DataAsync()).Text("destination"));
        }

        await MoveAsync(workspace, Plan.Business);
        await workspace.Client.NewLinkAsync();
    }

    [Fact]
    public async Task RenderedCodesOverTheLimit_StayAndNewOnesAreRefused()
    {
        await using var instance = await StartAsync(("DynamicQr", "1"));
        var workspace = await instance.NewWorkspaceAsync(Plan.Business);
        var links = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            links.Add($"/api/v1/links/{(await workspace.Client.NewLinkAsync()).Text("id")}/qr");
        }

        Assert.Equal(HttpStatusCode.OK, (await workspace.Client.GetAsync(links[0])).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await workspace.Client.GetAsync(links[1])).StatusCode);
        await MoveAsync(workspace, Plan.Pro);

        Assert.Equal(HttpStatusCode.OK, (await workspace.Client.GetAsync(links[0])).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await workspace.Client.GetAsync(links[1])).StatusCode);
        await (await workspace.Client.GetAsync(links[2])).ErrorAsync(HttpStatusCode.Forbidden, "PLAN_LIMIT_EXCEEDED");
    }

    [Fact]
    public async Task KeysOverTheLimit_StayAndNewOnesAreRefused()
    {
        await using var instance = await StartAsync(("ApiKeys", "1"));
        var workspace = await instance.NewWorkspaceAsync(Plan.Business);
        using var second = instance.NewClient(await instance.NewKeyAsync(workspace.Id));

        await MoveAsync(workspace, Plan.Pro);

        Assert.Equal(HttpStatusCode.OK, (await workspace.Client.GetAsync("/api/v1/links")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await second.GetAsync("/api/v1/links")).StatusCode);
        var another = await instance.Service<KeyOperations>().CreateAsync(
            Principal.Operator(workspace.Id), JsonElement.Parse("""{"name":"One more","scopes":["*"]}"""), CancellationToken.None);
        Assert.Equal("PLAN_LIMIT_EXCEEDED", another.Error?.Code);
    }

    [Fact]
    public async Task CallsOverTheLimit_AreRefusedAtOnceAndAdmittedAfterAMoveUp()
    {
        await using var instance = await StartAsync(("CallsPerMonth", "3"));
        var workspace = await instance.NewWorkspaceAsync(Plan.Business);
        for (var i = 0; i < 5; i++)
        {
            await workspace.Client.GetAsync("/api/v1/links/x");
        }

        await MoveAsync(workspace, Plan.Pro);
        var refused = await workspace.Client.GetAsync("/api/v1/links/x");
        await refused.ErrorAsync(HttpStatusCode.TooManyRequests, "RATE_LIMIT_EXCEEDED");
        Assert.Equal(("3", "0"), (refused.Header("X-Quota-Limit"), refused.Header("X-Quota-Remaining")));
        await MoveAsync(workspace, Plan.Business);

        Assert.Equal(HttpStatusCode.OK, (await workspace.Client.GetAsync("/api/v1/links")).StatusCode);
    }

    [Fact]
    public async Task FeaturesThatAreGone_RemainWhereTheyAreUsed()
    {
        await using var instance = await StartAsync(("Features:RoutingRules", "false"), ("Features:BulkOps", "false"));
        var workspace = await instance.NewWorkspaceAsync(Plan.Business);
        const string Rules = """[{"destination":"https://example.com/phone","conditions":{"device_types":["desktop"]}}]""";
        var link = await workspace.Client.NewLinkAsync($$"""{"url":"https://example.com/","routing_rules":{{Rules}} }""");
        var path = $"/api/v1/links/{link.Text("id")}";

        await MoveAsync(workspace, Plan.Pro);

        Assert.Equal("https://example.com/phone", (await instance.Client.VisitAsync(link.Text("short_code"))).Header("Location"));
        Assert.Equal(
            1,
            (await (await workspace.Client.PatchJsonAsync(path, """{"enabled":true}""")).DataAsync()).GetProperty("routing_rules").GetArrayLength());
        await RefusedAsync(workspace.Client.PatchJsonAsync(path, $$"""{"routing_rules":{{Rules}} }"""));
        await RefusedAsync(workspace.Client.PostJsonAsync("/api/v1/links", $$"""{"url":"https://example.com/","routing_rules":{{Rules}} }"""));
        await RefusedAsync(workspace.Client.PostJsonAsync("/api/v1/links/bulk", """{"links":[{"url":"https://example.com/"}]}"""));
        var ids = $$"""["{{link.Text("id")}}"]""";
        await RefusedAsync(workspace.Client.PatchJsonAsync("/api/v1/links/bulk/status", $$"""{"ids":{{ids}},"enabled":false}"""));
        await RefusedAsync(workspace.Client.PatchJsonAsync("/api/v1/links/bulk", $$"""{"ids":{{ids}},"add_labels":["a"]}"""));
        await RefusedAsync(workspace.Client.PostJsonAsync("/api/v1/links/bulk/delete", $$"""{"ids":{{ids}} }"""));

        static async Task RefusedAsync(Task<HttpResponseMessage> sending) =>
            await (await sending).ErrorAsync(HttpStatusCode.Forbidden, "FEATURE_NOT_AVAILABLE");
    }

    /// <summary>Starts an instance with a smaller pro plan.</summary>
    private Task<XQrApplication> StartAsync(params (string Name, string Value)[] pro) =>
        service.StartAnotherAsync(pro.ToDictionary(setting => $"Xqr:Plans:Pro:{setting.Name}", setting => (string?)setting.Value), time.Register);

    /// <summary>Changes the plan on another instance, as the admin command does.</summary>
    private async Task MoveAsync(TestWorkspace workspace, Plan plan)
    {
        Assert.NotNull(await service.Application.Service<WorkspaceStore>().SetPlanAsync(workspace.Id, plan, CancellationToken.None));
        time.Advance(TimeSpan.FromSeconds(10));
    }
}
