using System.Net;
using System.Text.Json;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Links;

/// <summary>Changes and deletions of many links.</summary>
public sealed class BulkChangeTests(ServiceFixture service)
{
    private const string Path = "/api/v1/links/bulk";

    [Fact]
    public async Task Update_ChangesEachLinkForItself()
    {
        var (workspace, other) = (await service.NewWorkspaceAsync(), await service.NewWorkspaceAsync());
        var labelled = await workspace.Client.NewLinkAsync("""{"url":"https://example.com/","labels":["x","y"]}""");
        var full = await workspace.Client.NewLinkAsync("""{"url":"https://example.com/","labels":["0","1","2","3","4","5","6","7","8","9"]}""");
        var plain = await workspace.Client.NewLinkAsync();
        var (foreign, unknown) = ((await other.Client.NewLinkAsync()).Text("id"), $"{Guid.NewGuid()}");
        var id = labelled.Text("id");
        var ids = Json([id, full.Text("id"), foreign, "nonsense", plain.Text("id"), unknown, id, id.ToUpperInvariant()]);
        var body = $$"""
            {"ids":{{ids}},"set":{"enabled":false,"expires_at":"2999-01-01T00:00:00Z"},"add_labels":["new"," x "],"remove_labels":["y"]}
            """;

        var data = await (await workspace.Client.PatchJsonAsync(Path, body)).DataAsync();

        Assert.Equal(2, data.Number("updated"));
        Assert.Equal(
            [(full.Text("id"), "VALIDATION_ERROR"), (foreign, "NOT_FOUND"), ("nonsense", "NOT_FOUND"), (unknown, "NOT_FOUND")],
            data.GetProperty("errors").EnumerateArray().Select(error => (error.Text("id"), error.Text("code"))));
        Assert.Equal("The link would have 12 labels; a link has at most 10.", data.GetProperty("errors")[0].Text("message"));
        var changed = await workspace.Client.LinkAsync(id);
        Assert.Equal(["x", "new"], LabelsOf(changed));
        Assert.Equal(["new", "x"], LabelsOf(await workspace.Client.LinkAsync(plain.Text("id"))));
        Assert.Equal((false, "2999-01-01T00:00:00Z"), (changed.GetProperty("enabled").GetBoolean(), changed.Text("expires_at")));
        Assert.Equal((2, 0), (await TotalAsync(workspace, "label=new"), await TotalAsync(workspace, "label=y")));
        Assert.Equal(2, await TotalAsync(workspace, "enabled=false"));
        Assert.Equal(HttpStatusCode.Gone, (await service.Client.VisitAsync(labelled.Text("short_code"))).StatusCode);
        Assert.True((await workspace.Client.LinkAsync(full.Text("id"))).GetProperty("enabled").GetBoolean());
        Assert.Empty(LabelsOf(await other.Client.LinkAsync(foreign)));

        // The same request again has nothing to change.
        var version = (await workspace.Client.GetAsync($"/api/v1/links/{id}")).Header("ETag");
        Assert.Equal(2, (await (await workspace.Client.PatchJsonAsync(Path, body)).DataAsync()).Number("updated"));
        Assert.Equal(version, (await workspace.Client.GetAsync($"/api/v1/links/{id}")).Header("ETag"));

        await workspace.Client.PatchJsonAsync(Path, $$"""{"ids":{{ids}},"set":{"enabled":true,"expires_at":null} }""");
        Assert.Equal(JsonValueKind.Null, (await workspace.Client.LinkAsync(id)).GetProperty("expires_at").ValueKind);
        Assert.Equal(HttpStatusCode.Found, (await service.Client.VisitAsync(labelled.Text("short_code"))).StatusCode);
    }

    [Fact]
    public async Task Delete_CountsTheLinksThatExistAndFreesTheirPlace()
    {
        var (workspace, other) = (await service.NewWorkspaceAsync(), await service.NewWorkspaceAsync());
        var first = await workspace.Client.NewLinkAsync("""{"url":"https://example.com/","labels":["a"]}""");
        var (second, kept) = (await workspace.Client.NewLinkAsync(), await workspace.Client.NewLinkAsync());
        var foreign = (await other.Client.NewLinkAsync()).Text("id");
        var ids = Json([first.Text("id"), second.Text("id"), foreign, $"{Guid.NewGuid()}", "nonsense", first.Text("id")]);

        var deleted = await DeleteAsync();

        Assert.Equal(2, (await deleted.DataAsync()).Number("deleted"));
        Assert.Equal(HttpStatusCode.NotFound, (await service.Client.VisitAsync(first.Text("short_code"))).StatusCode);
        Assert.Equal(kept.Text("id"), (await workspace.Client.OnlyLinkAsync())!.Value.Text("id"));
        await other.Client.LinkAsync(foreign);
        var usage = (await (await workspace.Client.GetAsync("/api/v1/workspace/usage")).DataAsync()).GetProperty("usage");
        Assert.Equal((1, 3), (usage.Number("total_links"), usage.Number("links_created_this_month")));

        // A repeated request with the same key gets the count of the first one.
        var again = await DeleteAsync();
        Assert.Equal((2, "true"), ((await again.DataAsync()).Number("deleted"), again.Header("Idempotent-Replayed")));
        Assert.Equal(0, (await (await workspace.Client.PostJsonAsync($"{Path}/delete", $$"""{"ids":{{ids}} }""")).DataAsync()).Number("deleted"));

        async Task<HttpResponseMessage> DeleteAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{Path}/delete") { Content = Answers.Json($$"""{"ids":{{ids}} }""") };
            request.Headers.Add("Idempotency-Key", "delete-once");
            return await workspace.Client.SendAsync(request);
        }
    }

    [Fact]
    public async Task ConcurrentChangesOnTwoInstances_AllAreMadeAndCounted()
    {
        await using var instance = await service.StartAnotherAsync();
        var workspace = await service.NewWorkspaceAsync();
        using var elsewhere = instance.NewClient(workspace.Key);
        var links = string.Join(',', Enumerable.Repeat("""{"url":"https://example.com/"}""", 30));
        string[] all = [.. (await (await workspace.Client.PostJsonAsync(Path, $$"""{"links":[{{links}}]}""")).DataAsync(HttpStatusCode.Created))
            .GetProperty("created").EnumerateArray().Select(link => link.Text("id"))];
        var ids = Json(all);

        var changes = await Task.WhenAll(
            workspace.Client.PatchJsonAsync(Path, $$"""{"ids":{{ids}},"add_labels":["here"]}"""),
            elsewhere.PatchJsonAsync(Path, $$"""{"ids":{{ids}},"add_labels":["there"],"set":{"enabled":false} }"""));

        Assert.All(changes, change => Assert.Equal(HttpStatusCode.OK, change.StatusCode));
        Assert.Equal(
            (30, 30, 30),
            (await TotalAsync(workspace, "label=here"), await TotalAsync(workspace, "label=there"), await TotalAsync(workspace, "enabled=false")));

        await Task.WhenAll(
            workspace.Client.PostJsonAsync($"{Path}/delete", $$"""{"ids":{{Json(all[..20])}} }"""),
            elsewhere.PostJsonAsync($"{Path}/delete", $$"""{"ids":{{Json(all[10..])}} }"""));
        Assert.Equal((0, 0), (await TotalAsync(workspace, "label=here"), await TotalAsync(workspace, "enabled=false")));
        var usage = (await (await workspace.Client.GetAsync("/api/v1/workspace/usage")).DataAsync()).GetProperty("usage");
        Assert.Equal(0, usage.Number("total_links"));
    }

    private static string Json(IEnumerable<string> ids) => JsonSerializer.Serialize(ids);

    private static IEnumerable<string?> LabelsOf(JsonElement link) => link.GetProperty("labels").EnumerateArray().Select(label => label.GetString());

    private static async Task<long> TotalAsync(TestWorkspace workspace, string query) =>
        (await (await workspace.Client.GetAsync($"/api/v1/links?{query}")).BodyAsync()).GetProperty("meta").Number("total");
}
