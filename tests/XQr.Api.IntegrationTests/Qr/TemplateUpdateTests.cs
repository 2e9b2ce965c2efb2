using System.Net;
using System.Text.Json;
using XQr.Testing;
using static XQr.Api.IntegrationTests.Qr.TemplateAnswers;

namespace XQr.Api.IntegrationTests.Qr;

public sealed class TemplateUpdateTests(ServiceFixture service)
{
    [Fact]
    public async Task Update_KeepsWhatIsAbsent()
    {
        var client = (await service.NewWorkspaceAsync()).Client;
        var template = await (await client.PostJsonAsync(
            Templates, """{"name":"Old","description":"About","design":{"dot_style":"dots","quiet_zone":4}}""")).DataAsync(HttpStatusCode.Created);
        var path = $"{Templates}/{template.Text("id")}";

        var renamed = await (await client.PatchJsonAsync(path, """{"name":"New"}""")).DataAsync();
        Assert.Equal(("New", "About"), (renamed.Text("name"), renamed.Text("description")));
        Assert.Equal(template.GetProperty("design").GetRawText(), renamed.GetProperty("design").GetRawText());

        var redrawn = await (await client.PatchJsonAsync(path, """{"description":null,"design":{"corner_style":"dot"}}""")).DataAsync();
        Assert.Equal(JsonValueKind.Null, redrawn.GetProperty("description").ValueKind);
        Assert.Equal(template.Text("created_at"), redrawn.Text("created_at"));

        foreach (var body in (string[])["""{"name":null}""", """{"design":null}""", """{"design":{"dots":1}}"""])
        {
            await (await client.PatchJsonAsync(path, body)).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
        }

        Assert.Equal(redrawn.GetRawText(), (await (await client.GetAsync(path)).DataAsync()).GetRawText());
    }

    /// <summary>Absent stays, null takes the default, and the whole design can be sent back.</summary>
    [Fact]
    public async Task Update_MergesTheDesign()
    {
        var client = (await service.NewWorkspaceAsync()).Client;
        const string Design =
            """{"foreground_color":"#112233","background_color":"#FEFEFE","error_correction":"Q","dot_style":"classy","corner_style":"dot","logo_url":null,"logo_size":0.4,"quiet_zone":16}""";
        var path = $"{Templates}/{(await client.NewTemplateAsync(Design)).Text("id")}";

        Assert.Equal(Design, await ChangedAsync("{}"));
        Assert.Equal(Design, await ChangedAsync(Design));
        Assert.Equal(Design.Replace("classy", "dots", StringComparison.Ordinal), await ChangedAsync("""{"dot_style":"dots"}"""));
        Assert.Equal(
            Design.Replace("classy", "square", StringComparison.Ordinal).Replace("16", "1", StringComparison.Ordinal), await ChangedAsync(
                """{"dot_style":null,"quiet_zone":null}"""));
        Assert.Equal(
            Defaults,
            await ChangedAsync(
                """{"foreground_color":null,"background_color":null,"error_correction":null,"dot_style":null,"corner_style":null,"logo_url":null,"logo_size":null,"quiet_zone":null}"""));

        async Task<string> ChangedAsync(string design) =>
            (await (await client.PatchJsonAsync(path, $$"""{"design":{{design}}}""")).DataAsync()).GetProperty("design").GetRawText();
    }

    /// <summary>Each colour goes with the default of the other; only together they don't scan.</summary>
    [Fact]
    public async Task Update_ColoursThatDoNotGoTogetherOnceMerged_AreRefused()
    {
        var client = (await service.NewWorkspaceAsync()).Client;
        var path = $"{Templates}/{(await client.NewTemplateAsync("""{"foreground_color":"#777"}""")).Text("id")}";
        var before = (await (await client.GetAsync(path)).DataAsync()).GetRawText();

        var error = await (await client.PatchJsonAsync(path, """{"design":{"background_color":"#999"}}"""))
            .ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");

        Assert.Equal(["design.foreground_color"], error.Fields());
        Assert.Equal(before, (await (await client.GetAsync(path)).DataAsync()).GetRawText());
        await (await client.PatchJsonAsync(path, """{"design":{"background_color":"#999","foreground_color":null}}""")).DataAsync();
    }

    [Fact]
    public async Task Concurrent_ChangesOfOneDesignAreAllMade()
    {
        var client = (await service.NewWorkspaceAsync()).Client;
        var path = $"{Templates}/{(await client.NewTemplateAsync()).Text("id")}";

        await Task.WhenAll(
            client.PatchJsonAsync(path, """{"design":{"dot_style":"dots"}}"""),
            client.PatchJsonAsync(path, """{"design":{"corner_style":"dot"}}"""),
            client.PatchJsonAsync(path, """{"design":{"quiet_zone":4}}"""));

        var design = (await (await client.GetAsync(path)).DataAsync()).GetProperty("design");
        Assert.Equal(("dots", "dot", 4), (design.Text("dot_style"), design.Text("corner_style"), design.Number("quiet_zone")));
    }

    [Fact]
    public async Task Conditions_AreHeeded()
    {
        var client = (await service.NewWorkspaceAsync()).Client;
        var path = $"{Templates}/{(await client.NewTemplateAsync()).Text("id")}";
        var first = (await client.GetAsync(path)).Header("ETag")!;

        Assert.Equal(HttpStatusCode.NotModified, (await client.VisitAsync(path, headers: ("If-None-Match", first))).StatusCode);
        var second = (await client.PatchJsonAsync(path, """{"name":"Second"}""")).Header("ETag")!;
        Assert.NotEqual(first, second);
        await (await SendAsync(HttpMethod.Patch, first)).ErrorAsync(HttpStatusCode.PreconditionFailed, "PRECONDITION_FAILED");
        await (await SendAsync(HttpMethod.Delete, first)).ErrorAsync(HttpStatusCode.PreconditionFailed, "PRECONDITION_FAILED");
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(HttpMethod.Patch, second)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(HttpMethod.Delete, "*")).StatusCode);

        async Task<HttpResponseMessage> SendAsync(HttpMethod method, string tag)
        {
            using var request = new HttpRequestMessage(method, path)
            {
                Content = method == HttpMethod.Patch ? Answers.Json("""{"name":"Third"}""") : null,
            };
            request.Headers.TryAddWithoutValidation("If-Match", tag);
            return await client.SendAsync(request);
        }
    }

    [Fact]
    public async Task Concurrent_EveryChangeIsMade()
    {
        var client = (await service.NewWorkspaceAsync()).Client;
        var path = $"{Templates}/{(await client.NewTemplateAsync()).Text("id")}";

        var answers = await Task.WhenAll(
            client.PatchJsonAsync(path, """{"name":"Named"}"""),
            client.PatchJsonAsync(path, """{"description":"Described"}"""),
            client.PatchJsonAsync(path, """{"design":{"dot_style":"dots"}}"""));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        var template = await (await client.GetAsync(path)).DataAsync();
        Assert.Equal(
            ("Named", "Described", "dots"), (template.Text("name"), template.Text("description"), template.GetProperty("design").Text("dot_style")));
    }

    [Fact]
    public async Task Concurrent_NobodyIsTurnedAway()
    {
        var client = (await service.NewWorkspaceAsync()).Client;
        var path = $"{Templates}/{(await client.NewTemplateAsync()).Text("id")}";

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(index => client.PatchJsonAsync(path, $$"""{"name":"{{index}}"}""")));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
    }
}
