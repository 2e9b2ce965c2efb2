using System.Text.Json;
using Microsoft.Extensions.Options;
using XQr.Api.Links;
using XQr.Api.Links.Routing;
using XQr.Api.Pipeline;
using XQr.Api.Urls;

namespace XQr.Api.Tests.Links;

public sealed class RoutingFieldsTests
{
    private static readonly PublicUrls Urls = new(Options.Create(new XQrOptions { PublicBaseUrl = "https://xqr.test" }));

    [Theory]
    [InlineData("""{}""", "routing_rules")]
    [InlineData("\"x\"", "routing_rules")]
    [InlineData("""[1]""", "routing_rules[0]")]
    [InlineData("""[null]""", "routing_rules[0]")]
    [InlineData("""[{}]""", "routing_rules[0].destination")]
    [InlineData("""[{"destination":null}]""", "routing_rules[0].destination")]
    [InlineData("""[{"destination":1}]""", "routing_rules[0].destination")]
    [InlineData("""[{"destination":"ftp://example.com/"}]""", "routing_rules[0].destination")]
    [InlineData("""[{"destination":"bücher"}]""", "routing_rules[0].destination")]
    [InlineData("""[{"destination":"https://u:p@example.com/"}]""", "routing_rules[0].destination")]
    [InlineData("""[{"destination":"https://xqr.test/abc"}]""", "routing_rules[0].destination")]
    [InlineData("""[{"destination":"https://a.example/","priority":-1}]""", "routing_rules[0].priority")]
    [InlineData("""[{"destination":"https://a.example/","priority":1000001}]""", "routing_rules[0].priority")]
    [InlineData("""[{"destination":"https://a.example/","priority":1.5}]""", "routing_rules[0].priority")]
    [InlineData("""[{"destination":"https://a.example/","priority":"1"}]""", "routing_rules[0].priority")]
    [InlineData("""[{"destination":"https://a.example/","priority":1e300}]""", "routing_rules[0].priority")]
    [InlineData("""[{"destination":"https://a.example/","proirity":1}]""", "routing_rules[0].proirity")]
    [InlineData("""[{"destination":"https://a.example/","conditions":[]}]""", "routing_rules[0].conditions")]
    [InlineData("""[{"destination":"https://a.example/","conditions":{"contries":["DE"]}}]""", "routing_rules[0].conditions.contries")]
    [InlineData("""[{"destination":"https://a.example/","conditions":{"countries":"DE"}}]""", "routing_rules[0].conditions.countries")]
    [InlineData("""[{"destination":"https://a.example/","conditions":{"countries":[]}}]""", "routing_rules[0].conditions.countries")]
    [InlineData("""[{"destination":"https://a.example/","conditions":{"countries":["DE","ZZ"]}}]""", "routing_rules[0].conditions.countries[1]")]
    [InlineData("""[{"destination":"https://a.example/","conditions":{"countries":["DEU"]}}]""", "routing_rules[0].conditions.countries[0]")]
    [InlineData("""[{"destination":"https://a.example/","conditions":{"countries":[null]}}]""", "routing_rules[0].conditions.countries[0]")]
    [InlineData("""[{"destination":"https://a.example/","conditions":{"country_mode":"include"}}]""", "routing_rules[0].conditions.country_mode")]
    [InlineData(
        """[{"destination":"https://a.example/","conditions":{"countries":["DE"],"country_mode":"Include"}}]""",
        "routing_rules[0].conditions.country_mode")]
    [InlineData(
        """[{"destination":"https://a.example/","conditions":{"countries":["DE"],"country_mode":1}}]""",
        "routing_rules[0].conditions.country_mode")]
    [InlineData("""[{"destination":"https://a.example/","conditions":{"device_types":[]}}]""", "routing_rules[0].conditions.device_types")]
    [InlineData("""[{"destination":"https://a.example/","conditions":{"device_types":["phone"]}}]""", "routing_rules[0].conditions.device_types[0]")]
    [InlineData("""[{"destination":"https://a.example/","conditions":{"hours":9}}]""", "routing_rules[0].conditions.hours")]
    [InlineData("""[{"destination":"https://a.example/","conditions":{"hours":{"start":24,"end":1}}}]""", "routing_rules[0].conditions.hours.start")]
    [InlineData("""[{"destination":"https://a.example/","conditions":{"hours":{"start":1,"end":-1}}}]""", "routing_rules[0].conditions.hours.end")]
    [InlineData("""[{"destination":"https://a.example/","conditions":{"hours":{"start":1}}}]""", "routing_rules[0].conditions.hours.end")]
    [InlineData(
        """[{"destination":"https://a.example/","conditions":{"hours":{"start":null,"end":1}}}]""",
        "routing_rules[0].conditions.hours.start")]
    [InlineData(
        """[{"destination":"https://a.example/","conditions":{"hours":{"start":1,"end":2,"zone":"CET"}}}]""",
        "routing_rules[0].conditions.hours.zone")]
    [InlineData("""[{"destination":"https://a.example/","conditions":{"percentage":0}}]""", "routing_rules[0].conditions.percentage")]
    [InlineData("""[{"destination":"https://a.example/","conditions":{"percentage":100.01}}]""", "routing_rules[0].conditions.percentage")]
    [InlineData("""[{"destination":"https://a.example/","conditions":{"percentage":1e999}}]""", "routing_rules[0].conditions.percentage")]
    [InlineData("""[{"destination":"https://a.example/","conditions":{"percentage":"50"}}]""", "routing_rules[0].conditions.percentage")]
    [InlineData("""[{"destination":"https://a.example/","conditions":{"expires_at":"tomorrow"}}]""", "routing_rules[0].conditions.expires_at")]
    [InlineData("""[{"destination":"https://a.example/","conditions":{"expires_at":1}}]""", "routing_rules[0].conditions.expires_at")]
    public void Invalid_ErrorNamesItsPath(string rules, string path) => Assert.Equal([path], Read(rules).Errors);

    [Fact]
    public void ManyErrors_AreListedAtOnce()
    {
        var (_, paths) = Read("""
            [
              {"destination": "https://a.example/"},
              {"priority": "high", "conditions": {"countries": ["XX"], "hours": {"start": "9", "end": 24, "x": 1}, "percentage": -1}, "y": 2}
            ]
            """);

        Assert.Equal(
            [
                "routing_rules[1].destination", "routing_rules[1].priority", "routing_rules[1].conditions.countries[0]",
                "routing_rules[1].conditions.hours.start", "routing_rules[1].conditions.hours.end", "routing_rules[1].conditions.hours.x",
                "routing_rules[1].conditions.percentage", "routing_rules[1].y",
            ],
            paths);
    }

    [Theory]
    [InlineData(20, 0)]
    [InlineData(21, 1)]
    public void Rules_AtMostTwenty(int count, int errors) =>
        Assert.Equal(errors, Read($"[{string.Join(',', Enumerable.Repeat("""{"destination":"https://a.example/"}""", count))}]").Errors.Length);

    [Fact]
    public void Null_IsAbsentOnCreateAndInsideRulesAndAnErrorOnChange()
    {
        var (created, none) = Read("null");
        Assert.Null(created);
        Assert.Empty(none);

        var (rules, inner) = Read("""
            [{"destination": "https://a.example/", "priority": null, "conditions": {
              "countries": null, "country_mode": null, "device_types": null, "hours": null, "percentage": null, "expires_at": null}}]
            """);
        Assert.Equal([new RoutingRule("https://a.example/", 0, new())], rules!);
        Assert.Empty(inner);

        var errors = new FieldErrors();
        UpdateLinkRequest.Read(JsonElement.Parse("""{"routing_rules":null}"""), Urls, errors);
        Assert.Equal("routing_rules", Assert.Single(Paths(errors)));
    }

    [Fact]
    public void Valid_IsKeptInItsNormalForm()
    {
        var (rules, paths) = Read("""
            [
              {"destination": "https://b.example/", "priority": 1e6, "conditions": {}},
              {"destination": "https://a.example/", "priority": 5.0, "conditions": {
                "countries": ["de", "AT", "De"], "country_mode": "exclude", "device_types": ["tablet", "mobile", "tablet"],
                "hours": {"start": 22, "end": 0}, "percentage": 33.3, "expires_at": "2020-01-01T01:00:00+01:00"}},
              {"destination": "https://c.example/"}
            ]
            """);

        Assert.Empty(paths);
        Assert.Equal(
            """[{"destination":"https://b.example/","priority":1000000,"conditions":{}},"""
            + """{"destination":"https://a.example/","priority":5,"conditions":"""
            + """{"countries":["DE","AT"],"country_mode":"exclude","device_types":["tablet","mobile"],"hours":"""
            + """{"start":22,"end":0},"percentage":33.3,"expires_at":"2020-01-01T00:00:00Z"}},"""
            + """{"destination":"https://c.example/","priority":0,"conditions":{}}]""",
            JsonSerializer.Serialize(rules, RoutingJson.Api.IReadOnlyListRoutingRule));
    }

    private static (IReadOnlyList<RoutingRule>? Rules, string[] Errors) Read(string rules)
    {
        var errors = new FieldErrors();
        var body = JsonElement.Parse($$"""{"url":"https://example.com/","routing_rules":{{rules}}}""");
        return (CreateLinkRequest.Read(body, Urls, DateTimeOffset.UnixEpoch, errors).RoutingRules, Paths(errors));
    }

    private static string[] Paths(FieldErrors errors) =>
        [.. errors.ToError().Details!.AsArray().Select(detail => detail!["field"]!.GetValue<string>())];
}
