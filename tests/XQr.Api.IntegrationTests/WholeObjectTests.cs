using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using XQr.Api.IntegrationTests.Assets;
using XQr.Api.IntegrationTests.Developers;
using XQr.Api.IntegrationTests.Qr;
using XQr.Testing;

namespace XQr.Api.IntegrationTests;

/// <summary>A client may send back a whole object. Read-only properties are accepted with their current value and refused with another.</summary>
public sealed class WholeObjectTests(ServiceFixture service)
{
    private const string Rules =
        """[{"destination":"https://example.com/app","priority":1,"conditions":"""
        + """{"countries":["DE"],"country_mode":"exclude","hours":{"start":1,"end":2},"percentage":12.5,"expires_at":"2100-01-01T00:00:00.5Z"}}]""";

    [Fact]
    public async Task Link_RoundTrips()
    {
        var client = (await service.NewWorkspaceAsync()).Client;
        var link = await client.NewLinkAsync(
            $$"""{"url":"https://example.com/","labels":["a"],"expires_at":"2100-01-01T00:00:00.25Z","routing_rules":{{Rules}}}""");

        await RoundTripAsync(
            client,
            $"/api/v1/links/{link.Text("id")}",
            ["id", "short_url", "short_code", "scan_count", "created_at", "updated_at", "last_scan_at"],
            """{"labels":["b"]}""");
    }

    [Fact]
    public async Task Link_ScansMeanwhileDontHinder()
    {
        var client = (await service.NewWorkspaceAsync()).Client;
        var link = await client.NewLinkAsync();
        await service.Client.VisitAsync(link.Text("short_code"));
        await Eventually.TrueAsync(async () => (await client.LinkAsync(link.Text("id"))).Number("scan_count") == 1, "The scan is counted.");

        await (await client.PatchJsonAsync($"/api/v1/links/{link.Text("id")}", link.GetRawText())).DataAsync();
    }

    [Fact]
    public async Task Link_DestinationStandsForUrl()
    {
        var client = (await service.NewWorkspaceAsync()).Client;
        var path = $"/api/v1/links/{(await client.NewLinkAsync()).Text("id")}";

        Assert.Equal(
            "https://example.org/",
            (await (await client.PatchJsonAsync(path, """{"destination":"https://example.org/"}""")).DataAsync()).Text("destination"));
        var both = await client.PatchJsonAsync(path, """{"destination":"https://example.net/","url":"https://example.net/"}""");
        Assert.Equal("https://example.net/", (await both.DataAsync()).Text("destination"));
        var different = await client.PatchJsonAsync(path, """{"destination":"https://a.example/","url":"https://b.example/"}""");
        Assert.Equal(["destination"], (await different.ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR")).Fields());
        Assert.Equal(["destination"], (await (await client.PatchJsonAsync(path, """{"destination":"x"}""")).ErrorAsync(
            HttpStatusCode.BadRequest, "VALIDATION_ERROR")).Fields());
    }

    [Fact]
    public async Task Link_PastExpiryIsAcceptedAndSentBack()
    {
        var client = (await service.NewWorkspaceAsync()).Client;
        var link = await client.NewLinkAsync();
        var path = $"/api/v1/links/{link.Text("id")}";

        var over = await (await client.PatchJsonAsync(path, """{"expires_at":"2001-01-01T00:00:00Z"}""")).DataAsync();
        Assert.Equal("2001-01-01T00:00:00Z", over.Text("expires_at"));
        await (await client.PatchJsonAsync(path, over.GetRawText())).DataAsync();
    }

    /// <summary>Rules that a link has from a better plan may be sent back; others need the feature.</summary>
    [Fact]
    public async Task Link_RulesThatStayNeedNoFeature()
    {
        var workspace = await service.NewWorkspaceAsync();
        var link = await workspace.Client.NewLinkAsync($$"""{"url":"https://example.com/","routing_rules":{{Rules}}}""");
        await using var instance = await service.StartAnotherAsync(
            new Dictionary<string, string?> { ["Xqr:Plans:Enterprise:Features:RoutingRules"] = "false" });
        using var client = instance.NewClient(workspace.Key);
        var path = $"/api/v1/links/{link.Text("id")}";

        await (await client.PatchJsonAsync(path, link.GetRawText())).DataAsync();
        await (await client.PatchJsonAsync(path, """{"routing_rules":[{"destination":"https://example.org/"}]}"""))
            .ErrorAsync(HttpStatusCode.Forbidden, "FEATURE_NOT_AVAILABLE");
        await (await client.PatchJsonAsync(path, """{"routing_rules":[]}""")).DataAsync();
    }

    [Fact]
    public async Task Template_RoundTrips()
    {
        var client = (await service.NewWorkspaceAsync()).Client;
        var template = await client.NewTemplateAsync("""{"dot_style":"dots"}""");

        await RoundTripAsync(client, $"{TemplateAnswers.Templates}/{template.Text("id")}", ["id", "created_at", "updated_at"], """{"name":"b"}""");
    }

    [Fact]
    public async Task Asset_RoundTrips()
    {
        var client = (await service.NewWorkspaceAsync()).Client;
        var id = await client.NewAssetAsync();

        await RoundTripAsync(
            client,
            $"{AssetSteps.Assets}/{id}",
            ["id", "mime_type", "file_size", "status", "is_public", "public_url", "removed", "created_at", "updated_at"],
            """{"tags":["b"]}""");
    }

    [Fact]
    public async Task Key_RoundTrips()
    {
        var owner = await service.NewOwnedWorkspaceAsync();
        var key = await owner.Client.NewKeyAsync();

        await RoundTripAsync(
            owner.Client,
            $"{Team.Keys}/{key.Text("id")}",
            ["id", "prefix", "scopes", "created_at", "expires_at", "revoked_at", "last_used_at"],
            """{"name":"b"}""");
    }

    [Fact]
    public async Task Member_RoundTrips()
    {
        var owner = await service.NewOwnedWorkspaceAsync();
        var member = await owner.Client.InviteAsync();

        await RoundTripAsync(
            owner.Client, $"{Team.Members}/{member.Text("id")}", ["id", "email", "state", "created_at", "joined_at", "name"], """{"role":"admin"}""");
    }

    private static async Task RoundTripAsync(HttpClient client, string path, string[] readOnly, string change)
    {
        var given = (await (await client.GetAsync(path)).DataAsync()).GetRawText();
        var back = await (await client.PatchJsonAsync(path, given)).DataAsync();
        Assert.Equal(Without(given, "updated_at"), Without(back.GetRawText(), "updated_at"));

        // The times in another spelling are the same times.
        var spelled = back.GetRawText().Replace(":00Z\"", ":00.000+00:00\"", StringComparison.Ordinal);
        var whole = JsonNode.Parse(spelled)!.AsObject();
        foreach (var (name, value) in JsonNode.Parse(change)!.AsObject())
        {
            whole[name] = value!.DeepClone();
        }

        var changed = await (await client.PatchJsonAsync(path, whole.ToJsonString())).DataAsync();
        foreach (var (name, value) in JsonNode.Parse(change)!.AsObject())
        {
            Assert.Equal(value!.ToJsonString(), changed.GetProperty(name).GetRawText());
        }

        foreach (var name in readOnly)
        {
            var other = changed.GetProperty(name).ValueKind == JsonValueKind.Null && name == "name" ? null : """["another"]""";
            if (other is null)
            {
                continue;
            }

            var error = await (await client.PatchJsonAsync(path, $$"""{"{{name}}":{{other}}}"""))
                .ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
            Assert.Equal([name], error.Fields());
        }

        var unknown = await (await client.PatchJsonAsync(path, """{"surely_unknown":1}""")).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
        Assert.Equal(["surely_unknown"], unknown.Fields());
    }

    private static string Without(string json, string name)
    {
        var node = JsonNode.Parse(json)!.AsObject();
        node.Remove(name);
        return node.ToJsonString();
    }
}
