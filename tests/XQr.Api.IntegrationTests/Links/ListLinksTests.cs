using System.Net;
using System.Text.Json;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Links;

public sealed class ListLinksTests(ServiceFixture service)
{
    [Fact]
    public async Task NewestFirst_WithTotalLimitAndOffset()
    {
        var workspace = await service.NewWorkspaceAsync();
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            ids.Insert(0, (await workspace.Client.NewLinkAsync()).Text("id"));
        }

        var whole = await ListAsync(workspace, "");
        var middle = await ListAsync(workspace, "?limit=2&offset=1");

        Assert.Equal(ids, Ids(whole));
        Assert.Equal(ids[1..3], Ids(middle));
        Assert.Equal((5, 50, 0), Paging(whole));
        Assert.Equal((5, 2, 1), Paging(middle));
    }

    [Fact]
    public async Task Filters_SelectAndCount()
    {
        var workspace = await service.NewWorkspaceAsync();
        var red = (await workspace.Client.NewLinkAsync("""{"url":"https://example.com/","labels":["red","big"]}""")).Text("id");
        var blue = (await workspace.Client.NewLinkAsync("""{"url":"https://example.com/","labels":["blue","big"]}""")).Text("id");
        await (await workspace.Client.PatchJsonAsync($"/api/v1/links/{blue}", """{"enabled":false}""")).DataAsync();

        Assert.Equal([red], Ids(await ListAsync(workspace, "?label=red")));
        Assert.Equal([blue, red], Ids(await ListAsync(workspace, "?label=big")));
        Assert.Equal([blue], Ids(await ListAsync(workspace, "?label=big&enabled=false")));
        Assert.Equal([red], Ids(await ListAsync(workspace, "?enabled=true")));
        Assert.Empty(Ids(await ListAsync(workspace, "?label=Red")));
        Assert.Equal((2, 1, 0), Paging(await ListAsync(workspace, "?label=big&limit=1")));
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=201", "limit")]
    [InlineData("limit=ten", "limit")]
    [InlineData("limit=", "limit")]
    [InlineData("offset=-1", "offset")]
    [InlineData("offset=1.5", "offset")]
    [InlineData("enabled=yes", "enabled")]
    public async Task BadParameter_IsNamed(string query, string field)
    {
        var workspace = await service.NewWorkspaceAsync();

        var error = await (await workspace.Client.GetAsync($"/api/v1/links?{query}")).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");

        Assert.Equal([field], error.Fields());
    }

    [Fact]
    public async Task OtherWorkspace_SeesNothing()
    {
        await (await service.NewWorkspaceAsync()).Client.NewLinkAsync();

        Assert.Empty(Ids(await ListAsync(await service.NewWorkspaceAsync(), "")));
    }

    [Fact]
    public async Task EveryFilter_SelectsCountsAndPages()
    {
        var workspace = await service.NewWorkspaceAsync();
        foreach (var (destination, labels, enabled) in ((string, string[], bool)[])
            [("one", ["a"], true), ("two", ["a", "b"], false), ("three", [], true), ("four", ["b"], false), ("FIVE", ["a"], true)])
        {
            var link = await workspace.Client.NewLinkAsync(
                $$"""{"url":"https://example.com/{{destination}}","labels":{{JsonSerializer.Serialize(labels)}}}""");
            if (!enabled)
            {
                await workspace.Client.PatchJsonAsync($"/api/v1/links/{link.Text("id")}", """{"enabled":false}""");
            }
        }

        await ShowsAsync("", "FIVE four three two one");
        await ShowsAsync("?enabled=true", "FIVE three one");
        await ShowsAsync("?enabled=true&offset=1&limit=1", "three", total: 3);
        await ShowsAsync("?enabled=false", "four two");
        await ShowsAsync("?enabled=false&offset=1", "two", total: 2);
        await ShowsAsync("?label=a", "FIVE two one");
        await ShowsAsync("?label=a&limit=1&offset=1", "two", total: 3);
        await ShowsAsync("?label=a&enabled=true", "FIVE one");
        await ShowsAsync("?label=a&enabled=false", "two");
        await ShowsAsync("?label=A", "");
        await ShowsAsync("?offset=4", "one", total: 5);
        await ShowsAsync("?offset=5", "", total: 5);
        await ShowsAsync("?q=example.com/f", "FIVE four");
        await ShowsAsync("?q=EXAMPLE.COM/F&enabled=false", "four");
        await ShowsAsync("?q=o&label=a", "FIVE two one");
        await ShowsAsync("?q=four&label=a", "");
        await ShowsAsync("?q=", "FIVE four three two one");
        var code = (await ListAsync(workspace, "?limit=1")).GetProperty("data")[0].Text("short_code");
        await ShowsAsync($"?q={code[1..].ToUpperInvariant()}", "FIVE");

        async Task ShowsAsync(string query, string expected, int? total = null)
        {
            var list = await ListAsync(workspace, query);
            var shown = list.GetProperty("data").EnumerateArray().Select(link => link.Text("destination").Split('/')[^1]).ToList();
            Assert.Equal((query, expected), (query, string.Join(' ', shown)));
            Assert.Equal(total ?? shown.Count, Paging(list).Total);
        }
    }

    [Fact]
    public async Task MoreThanAPageOfStorage_AreAllListed()
    {
        var workspace = await service.NewWorkspaceAsync();
        await LinkSeed.AddAsync(service.Application, workspace.Id, 1_010);

        var last = await ListAsync(workspace, "?limit=20&offset=1000");

        Assert.Equal((1_010, 20, 1_000), Paging(last));
        Assert.Equal(
            Enumerable.Range(0, 10).Reverse().Select(index => $"https://example.com/{index}"),
            last.GetProperty("data").EnumerateArray().Select(link => link.Text("destination")));
    }

    private static async Task<JsonElement> ListAsync(TestWorkspace workspace, string query)
    {
        var response = await workspace.Client.GetAsync($"/api/v1/links{query}");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.BodyAsync();
    }

    private static IEnumerable<string> Ids(JsonElement list) => list.GetProperty("data").EnumerateArray().Select(link => link.Text("id"));

    private static (long Total, long Limit, long Offset) Paging(JsonElement list)
    {
        var meta = list.GetProperty("meta");
        return (meta.Number("total"), meta.Number("limit"), meta.Number("offset"));
    }
}
