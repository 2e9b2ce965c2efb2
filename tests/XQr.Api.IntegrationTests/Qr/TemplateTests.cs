using System.Net;
using System.Text.Json;
using XQr.Api.Tenancy;
using XQr.Testing;
using static XQr.Api.IntegrationTests.Qr.TemplateAnswers;

namespace XQr.Api.IntegrationTests.Qr;

public sealed class TemplateTests(ServiceFixture service)
{
    private const string Defaults =
        """{"foreground_color":"#000000","background_color":"#FFFFFF","error_correction":"M","dot_style":"square","corner_style":"square","logo_url":null,"logo_size":0.2,"quiet_zone":1}""";

    [Fact]
    public async Task Create_DefaultsAreFilledIn()
    {
        var client = (await service.NewWorkspaceAsync()).Client;

        var response = await client.PostJsonAsync(Templates, """{"name":" Posters ","description":null}""");
        var template = await response.DataAsync(HttpStatusCode.Created);

        Assert.Equal("Posters", template.Text("name"));
        Assert.Equal(JsonValueKind.Null, template.GetProperty("description").ValueKind);
        Assert.Equal(Defaults, template.GetProperty("design").GetRawText());
        Assert.Equal(template.Text("created_at"), template.Text("updated_at"));
        Assert.Equal($"{Templates}/{template.Text("id")}", response.Header("Location"));
        Assert.Equal(template.GetRawText(), (await (await client.GetAsync(response.Header("Location"))).DataAsync()).GetRawText());
    }

    [Fact]
    public async Task Create_AllFieldsAreKept()
    {
        var client = (await service.NewWorkspaceAsync()).Client;

        var template = await client.NewTemplateAsync(
            """{"foreground_color":"#a1c","background_color":"#fefefe","error_correction":"Q","dot_style":"classy","corner_style":"dot","logo_size":0.4,"quiet_zone":16}""");

        Assert.Equal(
            """{"foreground_color":"#AA11CC","background_color":"#FEFEFE","error_correction":"Q","dot_style":"classy","corner_style":"dot","logo_url":null,"logo_size":0.4,"quiet_zone":16}""",
            template.GetProperty("design").GetRawText());
    }

    [Theory]
    [InlineData("{}", "name")]
    [InlineData("""{"name":null}""", "name")]
    [InlineData("""{"name":"  "}""", "name")]
    [InlineData("""{"name":"a\nb"}""", "name")]
    [InlineData("""{"name":7,"description":8,"design":9}""", "name,description,design")]
    [InlineData("""{"name":"a","desing":{}}""", "desing")]
    [InlineData("""{"name":"a","design":{"foreground_colour":"#000"}}""", "design.foreground_colour")]
    [InlineData("""{"name":"a","design":{"foreground_color":"black","background_color":"#12345","error_correction":"m"}}""", "design.foreground_color,design.background_color,design.error_correction")]
    [InlineData("""{"name":"a","design":{"dot_style":"stars","corner_style":"dots","logo_size":0.41,"quiet_zone":17}}""", "design.dot_style,design.corner_style,design.logo_size,design.quiet_zone")]
    [InlineData("""{"name":"a","design":{"foreground_color":"#999","background_color":"#fff"}}""", "design.foreground_color")]
    [InlineData("""{"name":"a","design":{"foreground_color":"#fff","background_color":"#000"}}""", "design.foreground_color")]
    [InlineData("""{"name":"a","design":{"background_color":"#222"}}""", "design.foreground_color")]
    [InlineData("""{"name":"a","design":{"logo_size":0.09,"quiet_zone":-1}}""", "design.logo_size,design.quiet_zone")]
    public async Task Create_ErrorsAreNamed(string body, string fields)
    {
        var client = (await service.NewWorkspaceAsync()).Client;

        var error = await (await client.PostJsonAsync(Templates, body)).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");

        Assert.Equal(fields.Split(','), error.Fields());
        Assert.Equal(0, (await (await client.GetAsync(Templates)).BodyAsync()).GetProperty("meta").Number("total"));
    }

    [Theory]
    [InlineData(100, HttpStatusCode.Created)]
    [InlineData(101, HttpStatusCode.BadRequest)]
    public async Task Name_HasAHundredCharacters(int length, HttpStatusCode expected)
    {
        var client = (await service.NewWorkspaceAsync()).Client;

        Assert.Equal(expected, (await client.PostJsonAsync(Templates, $$"""{"name":"{{new string('x', length)}}"}""")).StatusCode);
    }

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

    [Fact]
    public async Task List_NewestFirstWithTotal()
    {
        var client = (await service.NewWorkspaceAsync()).Client;
        foreach (var name in (string[])["a", "b", "c", "d"])
        {
            await client.NewTemplateAsync(name: name);
        }

        Assert.Equal("dcba", await NamesAsync(""));
        Assert.Equal("dc", await NamesAsync("?limit=2"));
        Assert.Equal("ba", await NamesAsync("?limit=2&offset=2"));
        Assert.Equal("", await NamesAsync("?offset=4"));
        Assert.Equal("", await NamesAsync("?offset=2147483647"));
        await (await client.GetAsync($"{Templates}?limit=201")).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");

        async Task<string> NamesAsync(string query)
        {
            var body = await (await client.GetAsync(Templates + query)).BodyAsync();
            Assert.Equal(4, body.GetProperty("meta").Number("total"));
            Assert.Equal(4, (await (await client.GetAsync("/api/v1/workspace/usage")).DataAsync()).GetProperty("usage").Number("total_qr_templates"));
            return string.Concat(body.GetProperty("data").EnumerateArray().Select(template => template.Text("name")));
        }
    }

    [Fact]
    public async Task PlanLimit_IsExactHoweverManyAskAtOnce()
    {
        await using var tight = await service.StartAnotherAsync(new Dictionary<string, string?> { ["Xqr:Plans:Enterprise:QrTemplates"] = "3" });
        var client = (await tight.NewWorkspaceAsync()).Client;

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => client.PostJsonAsync(Templates, """{"name":"x"}""")));

        Assert.Equal(3, answers.Count(answer => answer.StatusCode == HttpStatusCode.Created));
        foreach (var refused in answers.Where(answer => answer.StatusCode != HttpStatusCode.Created))
        {
            await refused.ErrorAsync(HttpStatusCode.Forbidden, "PLAN_LIMIT_EXCEEDED");
        }

        var first = (await (await client.GetAsync(Templates)).DataAsync())[0];
        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync($"{Templates}/{first.Text("id")}")).StatusCode);
        await client.NewTemplateAsync();
    }

    [Fact]
    public void Plans_HaveTheLimitsOfTheContract() =>
        Assert.Equal([3, 100, 1_000, null], Enum.GetValues<Plan>().Select(plan => new PlansOptions()[plan].QrTemplates));

    [Fact]
    public async Task OtherWorkspace_SeesNothing()
    {
        var (owner, other) = (await service.NewWorkspaceAsync(), await service.NewWorkspaceAsync());
        var path = $"{Templates}/{(await owner.Client.NewTemplateAsync()).Text("id")}";

        Assert.Equal(0, (await (await other.Client.GetAsync(Templates)).DataAsync()).GetArrayLength());
        var missing = new[] { (other.Client, path), (owner.Client, $"{Templates}/nonsense"), (owner.Client, $"{Templates}/{Guid.NewGuid()}") };
        foreach (var (client, one) in missing)
        {
            await (await client.GetAsync(one)).ErrorAsync(HttpStatusCode.NotFound, "NOT_FOUND");
            await (await client.PatchJsonAsync(one, "{}")).ErrorAsync(HttpStatusCode.NotFound, "NOT_FOUND");
            await (await client.DeleteAsync(one)).ErrorAsync(HttpStatusCode.NotFound, "NOT_FOUND");
            await (await client.GetAsync($"{one}/render?data=x")).ErrorAsync(HttpStatusCode.NotFound, "NOT_FOUND");
            await (await client.PostAsync($"{one}/render?data=x", null)).ErrorAsync(HttpStatusCode.NotFound, "NOT_FOUND");
        }

        Assert.Equal(HttpStatusCode.OK, (await owner.Client.GetAsync(path)).StatusCode);
    }

    [Fact]
    public async Task IdempotencyKey_MakesOne()
    {
        var client = (await service.NewWorkspaceAsync()).Client;

        var answers = new[] { await CreateAsync(), await CreateAsync() };

        Assert.Equal(await answers[0].Content.ReadAsStringAsync(), await answers[1].Content.ReadAsStringAsync());
        Assert.Equal("true", answers[1].Header("Idempotent-Replayed"));
        Assert.Equal(1, (await (await client.GetAsync(Templates)).DataAsync()).GetArrayLength());

        async Task<HttpResponseMessage> CreateAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Templates)
            {
                Content = Answers.Json("""{"name":"x"}"""),
                Headers = { { "Idempotency-Key", "one" } },
            };
            return await client.SendAsync(request);
        }
    }
}
