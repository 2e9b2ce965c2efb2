using System.Net;
using XQr.Api.Tenancy;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Links;

public sealed class RoutingRulesTests(ServiceFixture service)
{
    private const string Rules =
        """[{"destination":"https://b.example/ü","priority":3,"conditions":{}},"""
        + """{"destination":"https://a.example/","priority":0,"conditions":"""
        + """{"countries":["DE","FR"],"country_mode":"exclude","device_types":["mobile"],"hours":"""
        + """{"start":22,"end":6},"percentage":12.5,"expires_at":"2030-01-01T00:00:00Z"}}]""";

    [Fact]
    public async Task Rules_RoundTripInTheirOrder()
    {
        var workspace = await service.NewWorkspaceAsync();

        var created = await workspace.Client.NewLinkAsync($$"""{"url":"https://example.com/","routing_rules":{{Rules}}}""");
        var read = await workspace.Client.LinkAsync(created.Text("id"));
        var listed = (await (await workspace.Client.GetAsync("/api/v1/links")).DataAsync())[0];

        Assert.All([created, read, listed], link => Assert.Equal(Rules, link.GetProperty("routing_rules").GetRawText()));
    }

    [Fact]
    public async Task OtherPatch_LeavesRulesAsTheyAre()
    {
        var workspace = await service.NewWorkspaceAsync();
        var link = await workspace.Client.NewLinkAsync($$"""{"url":"https://example.com/","routing_rules":{{Rules}}}""");
        var path = $"/api/v1/links/{link.Text("id")}";

        var changed = await (await workspace.Client.PatchJsonAsync(path, """{"url":"https://example.org/","labels":["a"]}""")).DataAsync();

        Assert.Equal(Rules, changed.GetProperty("routing_rules").GetRawText());
    }

    [Fact]
    public async Task AllRulesSentBack_AreAccepted()
    {
        var workspace = await service.NewWorkspaceAsync();
        var link = await workspace.Client.NewLinkAsync($$"""{"url":"https://example.com/","routing_rules":{{Rules}}}""");

        var again = await (await workspace.Client.PatchJsonAsync(
            $"/api/v1/links/{link.Text("id")}", $$"""{"routing_rules":{{link.GetProperty("routing_rules").GetRawText()}}}""")).DataAsync();

        Assert.Equal(Rules, again.GetProperty("routing_rules").GetRawText());
    }

    [Theory]
    [InlineData('x', 2048)]
    [InlineData('語', 470)]
    public async Task TwentyRulesOfTheLargestSize_RoundTripAndLead(char character, int length)
    {
        var workspace = await service.NewWorkspaceAsync();
        var rules = $"[{string.Join(',', Enumerable.Range(10, 20).Select(Rule))}]";

        var link = await workspace.Client.NewLinkAsync($$"""{"url":"https://example.com/","routing_rules":{{rules}}}""");

        Assert.Equal(rules, (await workspace.Client.LinkAsync(link.Text("id"))).GetProperty("routing_rules").GetRawText());
        Assert.StartsWith(
            "https://10.example/", (await service.Client.VisitAsync(link.Text("short_code"))).Header("Location"), StringComparison.Ordinal);

        string Rule(int number)
        {
            var destination = $"https://{number}.example/".PadRight(length, character);
            return $$$"""{"destination":"{{{destination}}}","priority":{{{number}}},"conditions":{"device_types":["desktop"]}}""";
        }
    }

    [Fact]
    public async Task Errors_AreNamedByTheirPaths()
    {
        var workspace = await service.NewWorkspaceAsync();
        const string Body =
            """
            {"url":"https://example.com/","routing_rules":[
              {"destination":"https://a.example/","conditions":{"hours":{"start":24,"end":1}}},
              {"destination":1}
            ]}
            """;

        var error = await (await workspace.Client.PostJsonAsync("/api/v1/links", Body)).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");

        Assert.Equal(["routing_rules[0].conditions.hours.start", "routing_rules[1].destination"], error.Fields());
    }

    [Fact]
    public async Task PlanWithoutTheFeature_RefusesRulesOnly()
    {
        await using var instance = await service.StartAnotherAsync(
            new Dictionary<string, string?> { ["Xqr:Plans:Pro:Features:RoutingRules"] = "false" });
        var workspace = await instance.NewWorkspaceAsync(Plan.Pro);
        var link = await workspace.Client.NewLinkAsync("""{"url":"https://example.com/","routing_rules":[]}""");
        var path = $"/api/v1/links/{link.Text("id")}";

        var error = await (await workspace.Client.PostJsonAsync("/api/v1/links", $$"""{"url":"https://example.com/","routing_rules":{{Rules}}}"""))
            .ErrorAsync(HttpStatusCode.Forbidden, "FEATURE_NOT_AVAILABLE");
        Assert.Contains("routing_rules", error.Text("message"), StringComparison.Ordinal);
        await (await workspace.Client.PatchJsonAsync(path, $$"""{"routing_rules":{{Rules}}}"""))
            .ErrorAsync(HttpStatusCode.Forbidden, "FEATURE_NOT_AVAILABLE");

        // Validation comes first, the resource afterwards; taking rules away needs no feature.
        await (await workspace.Client.PatchJsonAsync(path, """{"routing_rules":[{}]}""")).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
        await (await workspace.Client.PatchJsonAsync($"/api/v1/links/{Guid.NewGuid()}", $$"""{"routing_rules":{{Rules}}}"""))
            .ErrorAsync(HttpStatusCode.Forbidden, "FEATURE_NOT_AVAILABLE");
        await (await workspace.Client.PatchJsonAsync(path, """{"routing_rules":[]}""")).DataAsync();
    }
}
