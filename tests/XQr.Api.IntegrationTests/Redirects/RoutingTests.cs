using System.Net;
using XQr.Api.IntegrationTests.Analytics;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Redirects;

/// <summary>The contract's section about smart routing, sentence by sentence, over HTTP.</summary>
public sealed class RoutingTests(ServiceFixture service) : IAsyncLifetime
{
    private const string CountryHeader = "X-Test-Country";
    private const string AddressHeader = "X-Test-Address";
    private const string Default = "https://default.example/";

    private readonly OffsetTime time = OffsetTime.InMidMonth();
    private XQrApplication instance = null!;
    private TestWorkspace workspace = null!;

    public async ValueTask InitializeAsync()
    {
        instance = await service.StartAnotherAsync(
            new Dictionary<string, string?>
            {
                ["Xqr:CountryHeader"] = CountryHeader,
                ["Xqr:ClientIpHeader"] = AddressHeader,
                ["Xqr:GeoIp:DatabasePath"] = TestData.GeoDatabase,
            },
            time.Register);
        workspace = await instance.NewWorkspaceAsync();
    }

    public ValueTask DisposeAsync() => instance.DisposeAsync();

    [Theory]
    [InlineData("""{"countries":["de","AT"]}""", "DE AT", "FR XX nonsense")]
    [InlineData("""{"countries":["DE"],"country_mode":"include"}""", "DE", "FR XX")]
    [InlineData("""{"countries":["DE"],"country_mode":"exclude"}""", "FR XX", "DE")]
    public async Task Countries_UnknownIsNeverIncludedAndAlwaysExcluded(string conditions, string holdsFor, string doesNotHoldFor)
    {
        var code = await NewLinkAsync($$"""[{"destination":"https://ruled.example/","conditions":{{conditions}}}]""");

        Assert.All(await VisitAllAsync(holdsFor), destination => Assert.Equal("https://ruled.example/", destination));
        Assert.All(await VisitAllAsync(doesNotHoldFor), destination => Assert.Equal(Default, destination));

        Task<string?[]> VisitAllAsync(string countries) => Task.WhenAll(countries.Split(' ').Select(country => VisitAsync(code, country)));
    }

    [Fact]
    public async Task DeviceTypes_TheVisitorsOnly()
    {
        var code = await NewLinkAsync("""
            [
              {"destination":"https://handheld.example/","conditions":{"device_types":["mobile","tablet"]}},
              {"destination":"https://desktop.example/","conditions":{"device_types":["desktop"]}}
            ]
            """);

        Assert.Equal("https://desktop.example/", await VisitAsync(code));
    }

    [Fact]
    public async Task Hours_InUtcOverMidnight()
    {
        var code = await NewLinkAsync("""[{"destination":"https://night.example/","conditions":{"hours":{"start":22,"end":6}}}]""");

        const string Night = "https://night.example/";
        foreach (var (hour, destination) in ((int, string)[])[(21, Default), (22, Night), (0, Night), (5, Night), (6, Default)])
        {
            AdvanceTo(hour);
            Assert.Equal(destination, await VisitAsync(code));
        }
    }

    [Fact]
    public async Task Percentage_StickyPerVisitorAndWithoutCookies()
    {
        var code = await NewLinkAsync("""[{"destination":"https://half.example/","conditions":{"percentage":50}}]""");
        var addresses = Enumerable.Range(0, 64).Select(index => $"192.0.2.{index}").ToArray();

        var first = await VisitAllAsync();
        var again = await VisitAllAsync();

        Assert.Equal(first, again);
        Assert.InRange(first.Count(destination => destination == "https://half.example/"), 12, 52);

        Task<string?[]> VisitAllAsync() => Task.WhenAll(addresses.Select(address => VisitAsync(code, address: address)));
    }

    [Fact]
    public async Task ExpiresAt_HoldsUntilThenAndMayBeInThePast()
    {
        var code = await NewLinkAsync($$$"""
            [
              {"destination":"https://past.example/","conditions":{"expires_at":"2020-01-01T00:00:00Z"}},
              {"destination":"https://soon-over.example/","conditions":{"expires_at":"{{{time.GetUtcNow().AddHours(1):O}}}"}}
            ]
            """);
        Assert.Equal("https://soon-over.example/", await VisitAsync(code));

        time.Advance(TimeSpan.FromHours(2));

        Assert.Equal(Default, await VisitAsync(code));
    }

    [Fact]
    public async Task FirstRuleThatHolds_ByPriorityThenPlaceWithAllConditionsElseTheLinksDestination()
    {
        var code = await NewLinkAsync("""
            [
              {"destination":"https://third.example/","priority":7},
              {"destination":"https://first.example/","priority":1,"conditions":{"countries":["DE"],"device_types":["desktop"]}},
              {"destination":"https://never.example/","priority":0,"conditions":{"countries":["DE"],"device_types":["tablet"]}},
              {"destination":"https://second.example/","priority":5,"conditions":{"countries":["DE","FR"]}},
              {"destination":"https://also-second.example/","priority":5,"conditions":{"countries":["DE","FR"]}}
            ]
            """);

        Assert.Equal("https://first.example/", await VisitAsync(code, "DE"));
        Assert.Equal("https://second.example/", await VisitAsync(code, "FR"));
        Assert.Equal("https://third.example/", await VisitAsync(code, "US"));
    }

    [Fact]
    public async Task HeadBotsAndPrefetches_FollowTheSameRules()
    {
        var code = await NewLinkAsync("""[{"destination":"https://german.example/","conditions":{"countries":["DE"]}}]""");

        HttpResponseMessage[] visits =
        [
            await instance.Client.VisitAsync(code, method: HttpMethod.Head, headers: (CountryHeader, "DE")),
            await instance.Client.VisitAsync(code, userAgent: "curl/8.5.0", headers: (CountryHeader, "DE")),
            await instance.Client.VisitAsync(code, headers: [("Purpose", "prefetch"), (CountryHeader, "DE")]),
        ];

        Assert.All(visits, visit => Assert.Equal("https://german.example/", visit.Header("Location")));
    }

    [Fact]
    public async Task Query_IsAppendedToTheRulesDestinationInAscii()
    {
        var code = await NewLinkAsync("""[{"destination":"https://bücher.example/ä?a=1"}]""");

        Assert.Equal("https://xn--bcher-kva.example/%C3%A4?a=1&b=2", await VisitAsync($"{code}?a=9&b=2"));
    }

    [Theory]
    [InlineData("8.8.8.8", null, "https://us.example/")]
    [InlineData("[2001:67c:2e8:22::c100:68b]:443", null, "https://nl.example/")]
    [InlineData("8.8.8.8, 193.0.6.139", null, "https://nl.example/")]
    [InlineData("8.8.8.8", "NL", "https://nl.example/")]
    [InlineData("8.8.8.8", "XX", Default)]
    [InlineData(null, null, Default)]
    public async Task Country_ByHeaderElseByTheAddress(string? address, string? country, string expected)
    {
        var code = await NewLinkAsync("""
            [
              {"destination":"https://us.example/","conditions":{"countries":["US"]}},
              {"destination":"https://nl.example/","conditions":{"countries":["NL"]}}
            ]
            """);

        Assert.Equal(expected, await VisitAsync(code, country, address));
    }

    [Fact]
    public async Task HeadersThatNoSettingNames_SayNothing()
    {
        var code = await NewLinkAsync("""[{"destination":"https://german.example/","conditions":{"countries":["DE"]}}]""");

        Assert.Equal(Default, (await service.Client.VisitAsync(code, headers: (CountryHeader, "DE"))).Header("Location"));
    }

    [Fact]
    public async Task Scan_HasTheVisitorsCountry()
    {
        var code = await NewLinkAsync("[]");
        var before = time.GetUtcNow();

        await VisitAsync(code, address: "8.8.8.8");
        await VisitAsync(code, country: "DE");
        await VisitAsync(code);
        await instance.StopAsync();

        var scans = await service.Application.ScansAsync(workspace.Id, before);
        Assert.Equal(["DE", "US", "ZZ"], scans.Select(scan => scan.Country).Order());
        Assert.DoesNotContain(instance.Logs.All, line => line.Contains("8.8.8.8", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Changed_RedirectsFollowAndOthersWithinTenSeconds()
    {
        var link = await workspace.Client.NewLinkAsync($$"""{"url":"{{Default}}","routing_rules":[{"destination":"https://one.example/"}]}""");
        var (path, code) = ($"/api/v1/links/{link.Text("id")}", link.Text("short_code"));
        await using var other = await service.StartAnotherAsync(services: time.Register);
        Assert.Equal("https://one.example/", (await other.Client.VisitAsync(code)).Header("Location"));

        // Nothing but a condition deep inside changes.
        foreach (var (rules, expected) in ((string, string)[])
        [
            ("""[{"destination":"https://two.example/"}]""", "https://two.example/"),
            ("""[{"destination":"https://two.example/","conditions":{"countries":["DE"]}}]""", Default),
            ("""[{"destination":"https://two.example/","conditions":{"countries":["DE"],"country_mode":"exclude"}}]""", "https://two.example/"),
            ("[]", Default),
        ])
        {
            await (await workspace.Client.PatchJsonAsync(path, $$"""{"routing_rules":{{rules}}}""")).DataAsync();
            Assert.Equal(expected, await VisitAsync(code));
            time.Advance(TimeSpan.FromSeconds(10));
            Assert.Equal(expected, (await other.Client.VisitAsync(code)).Header("Location"));
        }
    }

    private async Task<string> NewLinkAsync(string rules) =>
        (await workspace.Client.NewLinkAsync($$"""{"url":"{{Default}}","routing_rules":{{rules}}}""")).Text("short_code");

    private async Task<string?> VisitAsync(string code, string? country = null, string? address = null)
    {
        (string, string)[] headers = [(CountryHeader, country ?? ""), (AddressHeader, address ?? "")];
        using var response = await instance.Client.VisitAsync(code, headers: [.. headers.Where(header => header.Item2.Length > 0)]);
        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        return response.Header("Location");
    }

    private void AdvanceTo(int hour)
    {
        var now = time.GetUtcNow();
        var then = now.Date.AddHours(hour).AddMinutes(1);
        time.Advance((then > now.DateTime ? then : then.AddDays(1)) - now.DateTime);
    }
}
