using System.Net;
using System.Text.Json;
using Azure.Data.Tables;
using XQr.Api.Links;
using XQr.Api.Pipeline;
using XQr.Api.Storage;
using XQr.Api.Tenancy;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Links;

public sealed class LinkChangesTests(ServiceFixture service)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryChange_IsRecordedOnceNewestFirstWithItsKey()
    {
        var workspace = await service.NewWorkspaceAsync();
        var link = await workspace.Client.NewLinkAsync(
            """{"url":"https://example.com/a","labels":["old"],"expires_at":"2100-01-01T00:00:00Z"}""");
        var path = $"/api/v1/links/{link.Text("id")}";
        await PatchAsync(path, """{"url":"https://example.com/b","enabled":true}""");
        await PatchAsync(path, """{"labels":["new"],"expires_at":null}""");
        await PatchAsync("/api/v1/links/bulk/status", $$"""{"ids":["{{link.Text("id")}}"],"enabled":false}""");
        await PatchAsync(path, """{"enabled":true,"routing_rules":[{"destination":"https://example.com/de"}]}""");

        // None of these changes a value.
        await PatchAsync(path, "{}");
        await PatchAsync(path, (await workspace.Client.LinkAsync(link.Text("id"))).GetRawText());
        await PatchAsync("/api/v1/links/bulk/status", $$"""{"ids":["{{link.Text("id")}}"],"enabled":true}""");
        await workspace.Client.GetAsync($"{path}/qr");
        await service.Client.VisitAsync($"/{link.Text("short_code")}");
        await Eventually.TrueAsync(
            async () => (await workspace.Client.LinkAsync(link.Text("id"))).Number("scan_count") == 1, "The scan is counted.");

        var body = await (await workspace.Client.GetAsync($"{path}/changes")).BodyAsync();

        Assert.Equal(5, body.GetProperty("meta").Number("total"));
        var changes = body.GetProperty("data").EnumerateArray().ToList();
        Assert.Equal(
            [
                "changed: enabled false > true, routing_rules 0 > 1",
                "changed: enabled true > false",
                "changed: expires_at 2100-01-01T00:00:00Z > , labels old > , labels  > new",
                "changed: destination https://example.com/a > https://example.com/b",
                "created: ",
            ],
            changes.Select(change => $"{change.Text("action")}: {string.Join(", ", change.GetProperty("changes").EnumerateArray().Select(Text))}"));
        Assert.Equal(link.Text("created_at"), changes[^1].Text("at"));
        Assert.All(changes, change => Assert.Equal(
            ("key", PrefixOf(workspace.Key)), (change.GetProperty("by").Text("type"), change.GetProperty("by").Text("name"))));
        Assert.All(changes, change => Assert.StartsWith("key_", change.GetProperty("by").Text("id"), StringComparison.Ordinal));

        async Task PatchAsync(string target, string json) => await (await workspace.Client.PatchJsonAsync(target, json)).DataAsync();

        static string Text(JsonElement value) => $"{value.Text("field")} {value.Text("from")} > {value.Text("to")}";
    }

    [Fact]
    public async Task ManyLinksAndChangesAtOnce_AreRecordedOnce()
    {
        var workspace = await service.NewWorkspaceAsync();
        var created = await (await workspace.Client.PostJsonAsync(
            "/api/v1/links/bulk",
            """{"links":[{"url":"https://example.com/1"},{"url":"https://example.com/2"}]}""")).DataAsync(HttpStatusCode.Created);
        var ids = created.GetProperty("created").EnumerateArray().Select(link => link.Text("id")).ToList();
        Assert.Equal("created", await ActionsAsync(ids[0]));

        // Changes at once meet each other's versions of the row, and each is recorded once.
        await Task.WhenAll(Enumerable.Range(0, 5).Select(async number => await (await workspace.Client.PatchJsonAsync(
            $"/api/v1/links/{ids[1]}", $$"""{"url":"https://example.com/retry/{{number}}"}""")).DataAsync()));

        Assert.Equal("changed changed changed changed changed created", await ActionsAsync(ids[1]));

        async Task<string> ActionsAsync(string id) =>
            string.Join(' ', from change in (await ChangesAsync(workspace, id)).EnumerateArray() select change.Text("action"));
    }

    /// <summary>Versions without the property wrote the rows of existing links.</summary>
    [Fact]
    public async Task LinkOfAnEarlierVersion_HasNoChangesUntilTheNext()
    {
        var workspace = await service.NewWorkspaceAsync();
        var id = (await workspace.Client.NewLinkAsync()).Text("id");
        var table = service.Application.Service<Tables>().Workspaces;
        TableEntity row = await table.GetEntityAsync<TableEntity>(workspace.Id, LinkKeys.Link(Guid.Parse(id)));
        Assert.True(row.Remove("Changes0"));
        await table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace);

        Assert.Equal(0, (await ChangesAsync(workspace, id)).GetArrayLength());
        await workspace.Client.PatchJsonAsync($"/api/v1/links/{id}", """{"labels":["a"]}""");
        Assert.Equal("changed", Assert.Single((await ChangesAsync(workspace, id)).EnumerateArray()).Text("action"));
    }

    [Fact]
    public async Task AddressOfAMember_RequiresTheScopeThatShowsMembers()
    {
        var workspace = await service.NewWorkspaceAsync();
        var ada = new Actor(ActorType.Member, "usr_1", "ada@example.com", "Ada");
        var stored = await service.Application.Service<WorkspaceStore>().FindAsync(workspace.Id, Token);
        var caller = new Caller(stored!, service.Application.Service<PlansOptions>()[stored!.Plan], ada);
        var id = (await workspace.Client.NewLinkAsync()).Text("id");
        await service.Application.Service<LinkOperations>().UpdateAsync(
            caller, id, JsonElement.Parse("""{"enabled":false}"""), IfMatch.Any, Token);

        Assert.Equal(("usr_1", "ada@example.com"), await MemberAsync("*"));
        Assert.Equal(("usr_1", "ada@example.com"), await MemberAsync("links:read", "workspace:read"));
        Assert.Equal(("usr_1", null), await MemberAsync("links:read"));

        async Task<(string Id, string? Name)> MemberAsync(params string[] scopes)
        {
            using var client = service.Application.NewClient(await service.Application.NewKeyAsync(workspace.Id, scopes));
            var changes = await (await client.GetAsync($"/api/v1/links/{id}/changes")).DataAsync();
            Assert.Equal(PrefixOf(workspace.Key), changes[1].GetProperty("by").Text("name"));
            Assert.Equal("member", changes[0].GetProperty("by").Text("type"));
            return (changes[0].GetProperty("by").Text("id"), changes[0].GetProperty("by").GetProperty("name").GetString());
        }
    }

    [Fact]
    public async Task OtherWorkspacesOrMalformedId_NotFound()
    {
        var id = (await (await service.NewWorkspaceAsync()).Client.NewLinkAsync()).Text("id");
        var stranger = await service.NewWorkspaceAsync();

        foreach (var other in (string[])[id, "42", "bulk", $"{Guid.NewGuid()}"])
        {
            await (await stranger.Client.GetAsync($"/api/v1/links/{other}/changes")).ErrorAsync(HttpStatusCode.NotFound, "NOT_FOUND");
        }
    }

    private static string PrefixOf(string key) => key.Split('_', '.')[2];

    private static async Task<JsonElement> ChangesAsync(TestWorkspace workspace, string id) =>
        await (await workspace.Client.GetAsync($"/api/v1/links/{id}/changes")).DataAsync();
}
