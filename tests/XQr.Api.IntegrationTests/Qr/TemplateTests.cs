using System.Net;
using System.Text.Json;
using XQr.Api.Tenancy;
using XQr.Testing;
using static XQr.Api.IntegrationTests.Qr.TemplateAnswers;

namespace XQr.Api.IntegrationTests.Qr;

public sealed class TemplateTests(ServiceFixture service)
{
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
