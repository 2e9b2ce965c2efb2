using System.Net;
using XQr.Api.Links;
using XQr.Api.Tenancy;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Links;

public sealed class LinkLimitTests(ServiceFixture service)
{
    [Fact]
    public async Task LinksPerMonth_ExactAcrossInstancesAndBackNextMonth()
    {
        var settings = new Dictionary<string, string?> { ["Xqr:Plans:Business:LinksPerMonth"] = "20" };
        var time = OffsetTime.InMidMonth();
        await using var one = await service.StartAnotherAsync(settings, time.Register);
        await using var two = await service.StartAnotherAsync(settings, time.Register);
        var workspace = await one.NewWorkspaceAsync(Plan.Business);
        HttpClient[] clients = [workspace.Client, two.NewClient(workspace.Key)];

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 40).Select(index => clients[index % 2].PostJsonAsync("/api/v1/links", """{"url":"https://example.com/"}""")));

        var created = answers.Where(answer => answer.StatusCode == HttpStatusCode.Created).ToList();
        Assert.Equal(20, created.Count);
        Assert.All(answers.Except(created), answer => Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode));
        await answers.First(answer => answer.StatusCode == HttpStatusCode.Forbidden).ErrorAsync(HttpStatusCode.Forbidden, "PLAN_LIMIT_EXCEEDED");

        // A deletion gives nothing back: the limit is of creations.
        await workspace.Client.DeleteAsync(created[0].Header("Location")!);
        await (await workspace.Client.PostJsonAsync("/api/v1/links", """{"url":"https://example.com/"}"""))
            .ErrorAsync(HttpStatusCode.Forbidden, "PLAN_LIMIT_EXCEEDED");
        Assert.Equal(19, (await (await workspace.Client.GetAsync("/api/v1/links")).BodyAsync()).GetProperty("meta").Number("total"));

        time.Advance(TimeSpan.FromDays(32));
        await workspace.Client.NewLinkAsync();
    }

    [Fact]
    public async Task LinksPerMonth_RefusedSlugIsFree()
    {
        await using var instance = await service.StartAnotherAsync(new Dictionary<string, string?> { ["Xqr:Plans:Business:LinksPerMonth"] = "0" });
        var (poor, rich) = (await instance.NewWorkspaceAsync(Plan.Business), await instance.NewWorkspaceAsync());
        var body = $$"""{"url":"https://example.com/","custom_slug":"refused-{{Guid.NewGuid():N}}"}""";

        await (await poor.Client.PostJsonAsync("/api/v1/links", body)).ErrorAsync(HttpStatusCode.Forbidden, "PLAN_LIMIT_EXCEEDED");

        await rich.Client.NewLinkAsync(body);
    }

    [Fact]
    public async Task DynamicQr_CountsLinksAliveOnce()
    {
        await using var instance = await service.StartAnotherAsync(new Dictionary<string, string?> { ["Xqr:Plans:Business:DynamicQr"] = "2" });
        var workspace = await instance.NewWorkspaceAsync(Plan.Business);
        var ids = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            ids.Add((await workspace.Client.NewLinkAsync()).Text("id"));
        }

        var first = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => RenderAsync(ids[0])));
        Assert.All(first, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(HttpStatusCode.OK, (await RenderAsync(ids[1])).StatusCode);
        await (await RenderAsync(ids[2])).ErrorAsync(HttpStatusCode.Forbidden, "PLAN_LIMIT_EXCEEDED");
        Assert.Equal(HttpStatusCode.OK, (await RenderAsync(ids[0])).StatusCode);

        // Nothing else is refused over that limit, and who is deleted makes room.
        await workspace.Client.NewLinkAsync();
        await workspace.Client.PatchJsonAsync($"/api/v1/links/{ids[0]}", """{"enabled":false}""");
        await workspace.Client.DeleteAsync($"/api/v1/links/{ids[0]}");
        Assert.Equal(HttpStatusCode.OK, (await RenderAsync(ids[2])).StatusCode);
        Assert.Equal(
            (3, 0, 2),
            await instance.Service<XQr.Api.Storage.CountedCommits<LinkUsage>>().FindAsync(workspace.Id, CancellationToken.None) is var usage
                ? (usage.Links, usage.Disabled, usage.DynamicQr)
                : default);

        Task<HttpResponseMessage> RenderAsync(string id) => workspace.Client.GetAsync($"/api/v1/links/{id}/qr");
    }

    /// <summary>With as many links as the limit allows, no render exceeds it, even if others are in progress.</summary>
    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task DynamicQr_ManyRendersOfAllowedLinksAtOnce_NoneIsRefused(int limit)
    {
        await using var instance = await service.StartAnotherAsync(new Dictionary<string, string?>
        {
            ["Xqr:Plans:Business:DynamicQr"] = $"{limit}",
            ["Xqr:Plans:Business:BurstPerSecond"] = "1000",
        });
        var workspace = await instance.NewWorkspaceAsync(Plan.Business);
        var ids = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            ids.Add((await workspace.Client.NewLinkAsync()).Text("id"));
        }

        var batch = $$"""{"link_ids":[{{string.Join(',', ids.Select(id => $"\"{id}\""))}}]}""";
        var answers = await Task.WhenAll(Enumerable.Range(0, 48).Select(i => i % 12 == 11
            ? workspace.Client.PostJsonAsync("/api/v1/qr/batch", batch)
            : workspace.Client.GetAsync($"/api/v1/links/{ids[i % 4]}/qr")));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
    }
}
