using System.Net;
using System.Text.Json;
using Azure.Data.Tables;
using XQr.Api.Links;
using XQr.Api.Primitives;
using XQr.Api.Storage;
using XQr.Testing;
using XQr.Testing.Network;

namespace XQr.Api.IntegrationTests.Links;

public sealed class DestinationTests(ServiceFixture service)
{
    [Theory]
    [InlineData("https://Ärzte.de/", "https://xn--rzte-koa.de/")]
    [InlineData("https://mu\u0308nchen.de/", "https://xn--mnchen-3ya.de/")]
    [InlineData("https://مثال1.com/", "https://xn--1-ymcl5hc.com/")]
    [InlineData("https://example.com/?2+2_(TV)", "https://example.com/?2+2_(TV)")]
    [InlineData("https://example.com/#:~:text=foo%20bar", "https://example.com/#:~:text=foo%20bar")]
    public async Task Destination_IsKeptAsWrittenAndFollowedInAscii(string url, string location)
    {
        var workspace = await service.NewWorkspaceAsync();
        var link = await workspace.Client.NewLinkAsync(Body(url));

        Assert.Equal(url, link.Text("destination"));
        Assert.Equal(location, (await service.Client.VisitAsync(link.Text("short_code"))).Header("Location"));
    }

    [Theory]
    [InlineData("https://aא.com/", "right to left")]
    [InlineData("https://xn--\u1234pck.com/", "xn--")]
    [InlineData("https://a..b.com/", "two dots")]
    [InlineData("http://@host/", "user name")]
    [InlineData("https://h:0/", "port")]
    [InlineData("http://[fe80::1%25eth0]/", "zone")]
    public async Task UrlThatIsNone_IsRefusedWhereverItStands(string url, string reason)
    {
        var workspace = await service.NewWorkspaceAsync();
        var link = await workspace.Client.NewLinkAsync();
        var quoted = Quote(url);
        var path = $"/api/v1/links/{link.Text("id")}";

        foreach (var (field, answer) in new[]
        {
            ("url", await workspace.Client.PostJsonAsync("/api/v1/links", $$"""{"url":{{quoted}}}""")),
            ("url", await workspace.Client.PatchJsonAsync(path, $$"""{"url":{{quoted}}}""")),
            ("routing_rules[0].destination", await workspace.Client.PatchJsonAsync(path, $$"""{"routing_rules":[{"destination":{{quoted}}}]}""")),
            ("design.logo_url", await workspace.Client.PostJsonAsync(
                "/api/v1/qr/templates", $$$"""{"name":"a","design":{"logo_url":{{{quoted}}}}}""")),
        })
        {
            var detail = (await answer.ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR")).GetProperty("details")[0];
            Assert.Equal(field, detail.Text("field"));
            Assert.Contains(
                field == "design.logo_url" && url.StartsWith("http:", StringComparison.Ordinal) ? "https URL" : reason,
                detail.Text("message"),
                StringComparison.Ordinal);
        }

        var bulk = await (await workspace.Client.PostJsonAsync(
            "/api/v1/links/bulk",
            $$"""
            {"links":[
              {"url":{{quoted}}},
              {"url":"https://example.com/","routing_rules":[{"destination":{{quoted}}}]},
              {"url":"https://example.com/2"}
            ]}
            """)).DataAsync(HttpStatusCode.Created);
        Assert.Equal("https://example.com/2", bulk.GetProperty("created")[0].Text("destination"));
        Assert.Equal([0, 1], bulk.GetProperty("errors").EnumerateArray().Select(error => error.Number("index")));
    }

    [Fact]
    public async Task LongLocation_IsRefusedInLinksAndRules()
    {
        var workspace = await service.NewWorkspaceAsync();
        var url = Quote("https://example.com/" + new string('中', 2028));

        foreach (var body in new[] { $$"""{"url":{{url}}}""", $$"""{"url":"https://example.com/","routing_rules":[{"destination":{{url}}}]}""" })
        {
            var error = await (await workspace.Client.PostJsonAsync("/api/v1/links", body)).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
            Assert.Contains("4,096 bytes once it is percent-encoded; it has 18,272", error.Text("message"), StringComparison.Ordinal);
        }
    }

    /// <summary>Rows that were stored before these rules stay readable, and their redirects redirects.</summary>
    [Theory]
    [InlineData("https://aא.com/é", "https://a%D7%90.com/%C3%A9")]
    [InlineData("https://user@example.com/é", "https://user@example.com/%C3%A9")]
    [InlineData("https://ÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉ.com/", null)]
    public async Task StoredBefore_IsStillFollowedAndRead(string url, string? location)
    {
        await using var instance = await service.StartAnotherAsync();
        var workspace = await service.NewWorkspaceAsync();
        var link = await workspace.Client.NewLinkAsync(
            """{"url":"https://example.com/","routing_rules":[{"destination":"https://b.example/","conditions":{"device_types":["mobile"]}}]}""");
        var (id, code) = (Guid.Parse(link.Text("id")), link.Text("short_code"));
        var (tables, bytes) = (service.Application.Service<Tables>(), System.Text.Encoding.UTF8.GetBytes(
            $$$"""[{"destination":{{{Quote(url)}}},"priority":0,"conditions":{"device_types":["mobile"]}}]"""));
        foreach (var (table, partition, row) in new[]
        {
            (tables.ShortCodes, ShortCodes.Bucket(code), ShortCodes.Key(code)),
            (tables.Workspaces, workspace.Id, LinkKeys.Link(id)),
        })
        {
            await table.UpdateEntityAsync(
                new TableEntity(partition, row) { ["Destination"] = url, ["RoutingRules0"] = bytes },
                Azure.ETag.All,
                TableUpdateMode.Merge,
                TestContext.Current.CancellationToken);
        }

        var visit = await instance.Client.VisitAsync(code);
        var byRule = await instance.Client.VisitAsync(
            code,
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1");

        Assert.Equal((HttpStatusCode.Found, HttpStatusCode.Found), (visit.StatusCode, byRule.StatusCode));
        Assert.Equal(location ?? visit.Header("Location"), byRule.Header("Location"));
        Assert.Equal(url, (await workspace.Client.LinkAsync(link.Text("id"))).Text("destination"));
        await (await workspace.Client.PatchJsonAsync($"/api/v1/links/{link.Text("id")}", """{"enabled":false}""")).DataAsync();
    }

    /// <summary>A destination must not have any path that the server reads as a short link.</summary>
    [Theory]
    [InlineData("/{0}")]
    [InlineData("/{0}/")]
    [InlineData("/{0}//")]
    [InlineData("//{0}")]
    [InlineData("/./{0}")]
    [InlineData("/x/../{0}")]
    [InlineData("/x/%2e%2e/{0}")]
    [InlineData("/../{0}")]
    [InlineData("/%{1:X2}{2}")]
    [InlineData("/%{1:x2}{2}/?a#b")]
    [InlineData("/{0};a")]
    [InlineData("/{0}/a")]
    [InlineData("/{0}%2F")]
    [InlineData("/{0}%20")]
    [InlineData("/{0}.")]
    public async Task PathOfAShortLink_IsNoDestination(string format)
    {
        var workspace = await service.NewWorkspaceAsync();
        var code = (await workspace.Client.NewLinkAsync()).Text("short_code");
        var path = string.Format(System.Globalization.CultureInfo.InvariantCulture, format, code, (int)code[0], code[1..]);

        var (status, _) = await RawRequest.GetAsync(service.Application.Address, path, "User-Agent: x", TestContext.Current.CancellationToken);
        var created = await workspace.Client.PostJsonAsync("/api/v1/links", Body(XQrApplication.PublicBaseUrl + path));

        Assert.True(status != 302 || created.StatusCode == HttpStatusCode.BadRequest, $"{path} is a short link, and a destination.");
    }

    [Theory]
    [InlineData("type=url&url=https://a..b.com/", "two dots")]
    [InlineData("type=url&url=example.com", "begins with http:// or https://")]
    [InlineData("type=vcard&name=A&url=https://h:0/", "port")]
    public async Task UrlOfACode_IsToldWhatIsWrong(string query, string reason)
    {
        var client = (await service.NewWorkspaceAsync()).Client;

        var error = await (await client.GetAsync($"/api/v1/qr/render?{query}", TestContext.Current.CancellationToken))
            .ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");

        Assert.Contains(reason, error.Text("message"), StringComparison.Ordinal);
    }

    private static string Body(string url) => $$"""{"url":{{Quote(url)}}}""";

    private static string Quote(string text) => $"\"{JsonEncodedText.Encode(text)}\"";
}
