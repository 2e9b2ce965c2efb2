using System.Net;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Links;

public sealed class ChangeLinkTests(ServiceFixture service)
{
    [Fact]
    public async Task Patch_ChangesWhatItNamesOnly()
    {
        var workspace = await service.NewWorkspaceAsync();
        var link = await workspace.Client.NewLinkAsync("""{"url":"https://example.com/","labels":["a"],"expires_at":"2100-01-01T00:00:00Z"}""");
        var path = $"/api/v1/links/{link.Text("id")}";

        var moved = await (await workspace.Client.PatchJsonAsync(path, """{"url":"https://example.org/"}""")).DataAsync();
        var relabelled = await (await workspace.Client.PatchJsonAsync(path, """{"labels":["b","c"]}""")).DataAsync();
        var endless = await (await workspace.Client.PatchJsonAsync(path, """{"expires_at":null,"enabled":false}""")).DataAsync();
        var same = await (await workspace.Client.PatchJsonAsync(path, "{}")).DataAsync();

        Assert.Equal(("https://example.org/", "2100-01-01T00:00:00Z"), (moved.Text("destination"), moved.Text("expires_at")));
        Assert.Equal(["b", "c"], relabelled.GetProperty("labels").EnumerateArray().Select(label => label.GetString()));
        Assert.Null(endless.GetProperty("expires_at").GetString());
        Assert.False(endless.GetProperty("enabled").GetBoolean());
        Assert.Equal("https://example.org/", same.Text("destination"));
        Assert.Equal(link.Text("short_code"), same.Text("short_code"));
        Assert.Equal(link.Text("created_at"), same.Text("created_at"));
    }

    [Theory]
    [InlineData("""{"url":null}""", "url")]
    [InlineData("""{"labels":null}""", "labels")]
    [InlineData("""{"enabled":null}""", "enabled")]
    [InlineData("""{"enabled":"true"}""", "enabled")]
    [InlineData("""{"custom_slug":"other"}""", "custom_slug")]
    [InlineData("""{"url":"javascript:alert(1)"}""", "url")]
    [InlineData("""{"expires_at":"1969-12-31T23:59:59Z"}""", "expires_at")]
    [InlineData("""{"id":"x"}""", "id")]
    public async Task Patch_BadField_IsNamedAndNothingChanges(string body, string field)
    {
        var workspace = await service.NewWorkspaceAsync();
        var link = await workspace.Client.NewLinkAsync();
        var path = $"/api/v1/links/{link.Text("id")}";

        var error = await (await workspace.Client.PatchJsonAsync(path, body)).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");

        Assert.Equal([field], error.Fields());
        Assert.Equal(link.GetRawText(), (await workspace.Client.LinkAsync(link.Text("id"))).GetRawText());
    }

    [Fact]
    public async Task Patch_SixteenAtOnce_EachAppliesItsOwnField()
    {
        var workspace = await service.NewWorkspaceAsync();
        var path = $"/api/v1/links/{(await workspace.Client.NewLinkAsync()).Text("id")}";
        string[] bodies =
        [
            """{"url":"https://example.org/"}""", """{"labels":["x"]}""", """{"enabled":false}""", """{"expires_at":"2100-01-01T00:00:00Z"}""",
        ];

        await Task.WhenAll(
            Enumerable.Range(0, 16).Select(async index => await (await workspace.Client.PatchJsonAsync(path, bodies[index % 4])).DataAsync()));

        var link = await (await workspace.Client.GetAsync(path)).DataAsync();
        Assert.Equal(("https://example.org/", "2100-01-01T00:00:00Z"), (link.Text("destination"), link.Text("expires_at")));
        Assert.False(link.GetProperty("enabled").GetBoolean());
        Assert.Equal(1, link.GetProperty("labels").GetArrayLength());
        Assert.Equal(HttpStatusCode.Gone, (await service.Client.VisitAsync(link.Text("short_code"))).StatusCode);
    }

    [Fact]
    public async Task Patch_LastOfManyDestinations_IsWhereTheRedirectLeads()
    {
        var workspace = await service.NewWorkspaceAsync();
        var link = await workspace.Client.NewLinkAsync();
        await using var other = await service.StartAnotherAsync();
        using var otherClient = other.NewClient(workspace.Key);
        HttpClient[] clients = [workspace.Client, otherClient];

        await Task.WhenAll(Enumerable.Range(0, 12).Select(async index =>
            await (await clients[index % 2].PatchJsonAsync($"/api/v1/links/{link.Text("id")}", $$"""{"url":"https://example.com/{{index}}"}"""))
                .DataAsync()));

        await using var fresh = await service.StartAnotherAsync();
        var truth = (await workspace.Client.LinkAsync(link.Text("id"))).Text("destination");
        Assert.Equal(truth, (await fresh.Client.VisitAsync(link.Text("short_code"))).Header("Location"));
    }

    [Fact]
    public async Task Delete_LinkIsGoneAndItsCodeIsFreeAtOnce()
    {
        var workspace = await service.NewWorkspaceAsync();
        var slug = $"gone-{Guid.NewGuid():N}";
        var link = await workspace.Client.NewLinkAsync($$"""{"url":"https://example.com/","custom_slug":"{{slug}}"}""");
        await service.Client.VisitAsync(slug);

        var response = await workspace.Client.DeleteAsync($"/api/v1/links/{link.Text("id")}");

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        await (await workspace.Client.GetAsync($"/api/v1/links/{link.Text("id")}")).ErrorAsync(HttpStatusCode.NotFound, "NOT_FOUND");
        await (await workspace.Client.DeleteAsync($"/api/v1/links/{link.Text("id")}")).ErrorAsync(HttpStatusCode.NotFound, "NOT_FOUND");
        Assert.Equal(HttpStatusCode.NotFound, (await service.Client.VisitAsync(slug)).StatusCode);

        var next = await workspace.Client.NewLinkAsync($$"""{"url":"https://example.org/","custom_slug":"{{slug}}"}""");
        Assert.Equal(0, next.Number("scan_count"));
        Assert.Equal("https://example.org/", (await service.Client.VisitAsync(slug)).Header("Location"));
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("PATCH", "")]
    [InlineData("DELETE", "")]
    public async Task OtherWorkspacesOrMalformedId_NotFound(string method, string suffix)
    {
        var owner = await service.NewWorkspaceAsync();
        var stranger = await service.NewWorkspaceAsync();
        var link = await owner.Client.NewLinkAsync();

        var own = link.Text("id");
        foreach (var id in (string[])[own, "42", $"{Guid.NewGuid()}", $"{own}0", "%20", own.Replace("-", "", StringComparison.Ordinal)])
        {
            using var request = new HttpRequestMessage(new(method), $"/api/v1/links/{id}{suffix}");
            request.Content = method == "PATCH" ? Answers.Json("{}") : null;
            await (await stranger.Client.SendAsync(request, TestContext.Current.CancellationToken)).ErrorAsync(HttpStatusCode.NotFound, "NOT_FOUND");
        }

        Assert.Equal(link.GetRawText(), (await owner.Client.LinkAsync(link.Text("id"))).GetRawText());
    }
}
