using System.Net;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Links;

public sealed class ConditionalLinkTests(ServiceFixture service)
{
    [Fact]
    public async Task Get_KnownVersion_NotModified()
    {
        var (workspace, path) = await NewLinkAsync();
        var first = await workspace.Client.GetAsync(path);
        var etag = first.Header("ETag")!;
        Assert.Matches("^\"[^\"]+\"$", etag);

        var again = await SendAsync(workspace, HttpMethod.Get, path, ("If-None-Match", etag));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Equal(etag, again.Header("ETag"));
        Assert.NotNull(again.Header("X-RateLimit-Remaining"));
        Assert.Empty(await again.Content.ReadAsByteArrayAsync());

        await workspace.Client.PatchJsonAsync(path, """{"labels":["a"]}""");
        var changed = await SendAsync(workspace, HttpMethod.Get, path, ("If-None-Match", etag));
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.NotEqual(etag, changed.Header("ETag"));
    }

    [Fact]
    public async Task CreateAndPatch_TellTheVersionToo()
    {
        var workspace = await service.NewWorkspaceAsync();
        var created = await workspace.Client.PostJsonAsync("/api/v1/links", """{"url":"https://example.com/"}""");
        var path = created.Header("Location")!;
        Assert.Equal(created.Header("ETag"), (await workspace.Client.GetAsync(path)).Header("ETag"));

        var patched = await workspace.Client.PatchJsonAsync(path, """{"enabled":false}""");
        Assert.Equal(patched.Header("ETag"), (await workspace.Client.GetAsync(path)).Header("ETag"));
    }

    [Fact]
    public async Task PatchAndDelete_StaleVersion_PreconditionFailedAndNothingChanges()
    {
        var (workspace, path) = await NewLinkAsync();
        var stale = (await workspace.Client.GetAsync(path)).Header("ETag")!;
        await workspace.Client.PatchJsonAsync(path, """{"labels":["first"]}""");

        await (await SendAsync(workspace, HttpMethod.Patch, path, ("If-Match", stale), """{"labels":["second"]}"""))
            .ErrorAsync(HttpStatusCode.PreconditionFailed, "PRECONDITION_FAILED");
        await (await SendAsync(workspace, HttpMethod.Delete, path, ("If-Match", stale)))
            .ErrorAsync(HttpStatusCode.PreconditionFailed, "PRECONDITION_FAILED");

        var current = await workspace.Client.GetAsync(path);
        Assert.Equal("first", (await current.DataAsync()).GetProperty("labels")[0].GetString());
        Assert.Equal(
            HttpStatusCode.OK,
            (await SendAsync(workspace, HttpMethod.Patch, path, ("If-Match", $"{stale}, {current.Header("ETag")}"), """{"labels":[]}""")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(workspace, HttpMethod.Delete, path, ("If-Match", "*"))).StatusCode);
        await (await SendAsync(workspace, HttpMethod.Delete, path, ("If-Match", "*"))).ErrorAsync(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    [Theory]
    [InlineData("a\"")]
    [InlineData("\"a")]
    [InlineData("nonsense")]
    [InlineData("\"a\", nonsense")]
    [InlineData("\"a\" \"b\"")]
    [InlineData("*, \"a\"")]
    public async Task HeaderThatIsNoListOfTags_IsNamedAndNotAConflict(string value)
    {
        var (workspace, path) = await NewLinkAsync();

        var ofPatch = await (await SendAsync(workspace, HttpMethod.Patch, path, ("If-Match", value), """{"labels":[]}"""))
            .ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
        var ofDelete = await (await SendAsync(workspace, HttpMethod.Delete, path, ("If-Match", value)))
            .ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
        var ofGet = await (await SendAsync(workspace, HttpMethod.Get, path, ("If-None-Match", value)))
            .ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");

        Assert.Equal(["If-Match", "If-Match", "If-None-Match"], [.. ofPatch.Fields(), .. ofDelete.Fields(), .. ofGet.Fields()]);
        Assert.Contains("double quotes", ofPatch.Text("message"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("W/{0}")]
    [InlineData("\"x\", W/{0}")]
    [InlineData(", \"x\" ,, {0}")]
    [InlineData("*")]
    public async Task PresentVersionInAnySpelling_IsThatVersion(string value)
    {
        var (workspace, path) = await NewLinkAsync();
        var tag = (await workspace.Client.GetAsync(path)).Header("ETag")!;

        Assert.Equal(
            HttpStatusCode.NotModified, (await SendAsync(workspace, HttpMethod.Get, path, ("If-None-Match", string.Format(value, tag)))).StatusCode);
        Assert.Equal(
            HttpStatusCode.NoContent, (await SendAsync(workspace, HttpMethod.Delete, path, ("If-Match", string.Format(value, tag)))).StatusCode);
    }

    [Fact]
    public async Task Scan_IsSeenByReadersAndDoesNotHinderWriters()
    {
        var (workspace, path) = await NewLinkAsync();
        var before = await workspace.Client.GetAsync(path);
        await service.Client.VisitAsync((await before.DataAsync()).Text("short_code"));
        await Eventually.TrueAsync(
            async () => (await SendAsync(workspace, HttpMethod.Get, path, ("If-None-Match", before.Header("ETag")!)))
                .StatusCode == HttpStatusCode.OK, "The scan is seen.");

        Assert.Equal(
            HttpStatusCode.OK,
            (await SendAsync(workspace, HttpMethod.Patch, path, ("If-Match", before.Header("ETag")!), """{"labels":["a"]}""")).StatusCode);
    }

    [Fact]
    public async Task SixteenAtOnceWithOneVersion_OneWins()
    {
        var (workspace, path) = await NewLinkAsync();
        var etag = (await workspace.Client.GetAsync(path)).Header("ETag")!;

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(index =>
            SendAsync(
                workspace,
                HttpMethod.Patch,
                path,
                ("If-Match", etag),
                $$"""{"labels":["{{index}}"],"enabled":{{(index % 2 == 0 ? "true" : "false")}}}""")));

        var winner = Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.All(answers.Where(answer => answer != winner), answer => Assert.Equal(HttpStatusCode.PreconditionFailed, answer.StatusCode));
        Assert.Equal(
            (await winner.DataAsync()).GetProperty("labels")[0].GetString(),
            (await (await workspace.Client.GetAsync(path)).DataAsync()).GetProperty("labels")[0].GetString());
    }

    private async Task<(TestWorkspace Workspace, string Path)> NewLinkAsync()
    {
        var workspace = await service.NewWorkspaceAsync();
        return (workspace, $"/api/v1/links/{(await workspace.Client.NewLinkAsync()).Text("id")}");
    }

    private static async Task<HttpResponseMessage> SendAsync(
        TestWorkspace workspace, HttpMethod method, string path, (string Name, string Value) header, string? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : Answers.Json(body) };
        request.Headers.TryAddWithoutValidation(header.Name, header.Value);
        return await workspace.Client.SendAsync(request);
    }
}
