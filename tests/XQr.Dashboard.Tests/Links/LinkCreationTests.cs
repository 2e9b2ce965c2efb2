using System.Net;
using System.Text.Json;
using XQr.Api.Tenancy;
using XQr.Testing;

namespace XQr.Dashboard.Tests.Links;

public sealed class LinkCreationTests(ServiceFixture service)
{
    [Theory]
    [InlineData("/new")]
    [InlineData("")]
    public async Task Form_CreatesALinkThatIsListed(string path)
    {
        var site = await LinkSite.OpenAsync(service);
        var slug = NewSlug();

        var next = await site.SendAsync(
            path, ("url", "https://example.com/menu?a=1&b=2"), ("custom_slug", slug), ("labels", "print, large\r\n\r\nsummer"), ("expires_at", ""));

        var link = (await site.Api.OnlyLinkAsync())!.Value;
        Assert.Equal($"{site.Path}/{link.Text("id")}?done=created", next);
        Assert.Equal(slug, link.Text("short_code"));
        Assert.Equal(["print, large", "summer"], link.GetProperty("labels").EnumerateArray().Select(label => label.GetString()));
        Assert.Contains("Your link is ready.", await site.PageAsync(next[site.Path.Length..]), StringComparison.Ordinal);
        Assert.Contains($"xqr.test/{slug}", await site.PageAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SameForm_CreatesOneLinkHoweverOftenItIsSent()
    {
        var site = await LinkSite.OpenAsync(service);
        (string, string)[] form = [("url", "https://example.com/"), ("creation", LinkSite.ValueOf(await site.PageAsync("/new"), "creation"))];

        var pages = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => site.SendAsync("/new", form)));
        var later = await site.SendAsync("/new", form);

        Assert.Single(pages.Append(later).Distinct());
        Assert.NotNull(await site.Api.OnlyLinkAsync());
    }

    [Fact]
    public async Task ChangedForm_IsAnotherCreation()
    {
        var site = await LinkSite.OpenAsync(service);
        var creation = ("creation", LinkSite.ValueOf(await site.PageAsync("/new"), "creation"));

        var first = await site.SendAsync("/new", ("url", "https://example.com/1"), creation);
        var second = await site.SendAsync("/new", ("url", "https://example.com/2"), creation);

        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task RefusedForm_KeepsItsContentAndShowsTheErrors()
    {
        var site = await LinkSite.OpenAsync(service);

        var html = await site.ShownAgainAsync(
            "/new",
            HttpStatusCode.BadRequest,
            ("url", "example.com/menu"),
            ("custom_slug", "-a"),
            ("labels", "kept"),
            ("expires_at", "2020-01-01T10:00"));

        Assert.Equal("example.com/menu", LinkSite.ValueOf(html, "url"));
        Assert.NotEmpty(LinkSite.ErrorOf(html, "url"));
        Assert.Equal("must have 3 to 64 letters, digits and hyphens, no hyphen first or last", LinkSite.ErrorOf(html, "custom_slug"));
        Assert.Equal("must be in the future", LinkSite.ErrorOf(html, "expires_at"));
        Assert.Contains("kept</textarea>", html, StringComparison.Ordinal);
        Assert.Null(await site.Api.OnlyLinkAsync());

        var creation = LinkSite.ValueOf(html, "creation");
        Assert.NotEmpty(creation);
        await site.SendAsync("/new", ("url", "https://example.com/menu"), ("creation", creation));
    }

    [Fact]
    public async Task TakenSlug_IsToldByTheFormAndWhileTyping()
    {
        var site = await LinkSite.OpenAsync(service);
        var other = await LinkSite.OpenAsync(service);
        var slug = NewSlug();
        await other.SendAsync("", ("url", "https://example.com/secret"), ("custom_slug", slug));

        var html = await site.ShownAgainAsync("/new", HttpStatusCode.Conflict, ("url", "https://example.com/"), ("custom_slug", slug));

        Assert.Equal(slug, LinkSite.ValueOf(html, "custom_slug"));
        Assert.Equal("is taken: choose another", LinkSite.ErrorOf(html, "custom_slug"));
        var taken = await site.PartAsync(HttpMethod.Get, $"/slug?custom_slug={slug.ToUpperInvariant()}");
        Assert.Contains("is taken", taken, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", taken, StringComparison.Ordinal);
        Assert.Contains("Use 3 to 64", await site.PartAsync(HttpMethod.Get, "/slug?custom_slug=Dashboard"), StringComparison.Ordinal);
        Assert.DoesNotContain("Use 3 to 64", await site.PartAsync(HttpMethod.Get, "/slug?custom_slug="), StringComparison.Ordinal);

        slug = NewSlug();
        var free = await site.PartAsync(HttpMethod.Get, $"/slug?custom_slug={slug}");
        Assert.Contains("is free", free, StringComparison.Ordinal);
        Assert.Contains($"aria-label=\"QR code of xqr.test/{slug}\"><svg", free, StringComparison.Ordinal);
        Assert.DoesNotContain("<svg", taken, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UsedUpPlan_SaysWhatStillWorks()
    {
        await using var instance = await service.StartAnotherAsync(new Dictionary<string, string?> { ["Xqr:Plans:Free:LinksPerMonth"] = "1" });
        var site = await LinkSite.OpenAsync(service, Plan.Free, instance);
        await site.SendAsync("", ("url", "https://example.com/1"));

        var html = await site.ShownAgainAsync("", HttpStatusCode.Forbidden, ("url", "https://example.com/2"));

        Assert.Contains("no more than 1 links a month", html, StringComparison.Ordinal);
        Assert.Contains("Links that you have already keep working.", html, StringComparison.Ordinal);
        Assert.Contains($"href=\"{Paths.Of(site.WorkspaceId, "settings/usage")}\"", html, StringComparison.Ordinal);
        Assert.Equal("https://example.com/2", LinkSite.ValueOf(html, "url"));
    }

    [Fact]
    public async Task Rules_AreAddedMovedAndRemovedWithoutScript()
    {
        var site = await LinkSite.OpenAsync(service);
        (string, string)[] one = [("url", "https://example.com/"), ("has_rules", "true"), ("routing_rules[0].destination", "https://example.com/de")];

        var added = await site.ShownAgainAsync("/new", HttpStatusCode.OK, [.. one, ("action", "add-rule")]);
        Assert.Contains("""name="routing_rules[1].destination" """, added, StringComparison.Ordinal);
        Assert.Equal("https://example.com/", LinkSite.ValueOf(added, "url"));

        (string, string)[] two =
            [.. one, ("routing_rules[1].destination", "https://example.com/at"), ("routing_rules[1].conditions.countries", "AT")];
        var moved = await site.ShownAgainAsync("/new", HttpStatusCode.OK, [.. two, ("action", "up-rule-1")]);
        Assert.Equal("https://example.com/at", LinkSite.ValueOf(moved, "routing_rules[0].destination"));
        Assert.Equal("AT", LinkSite.ValueOf(moved, "routing_rules[0].conditions.countries"));

        var removed = await site.ShownAgainAsync("/new", HttpStatusCode.OK, [.. two, ("action", "remove-rule-0")]);
        Assert.Equal("https://example.com/at", LinkSite.ValueOf(removed, "routing_rules[0].destination"));
        Assert.DoesNotContain("routing_rules[1]", removed, StringComparison.Ordinal);
        Assert.Null(await site.Api.OnlyLinkAsync());
    }

    [Fact]
    public async Task Rules_ReachTheLinkWithAllConditions()
    {
        var site = await LinkSite.OpenAsync(service);

        await site.SendAsync(
            "/new",
            ("url", "https://example.com/"),
            ("has_rules", "true"),
            ("routing_rules[0].destination", "https://example.com/app"),
            ("routing_rules[0].conditions.countries", "de, AT"),
            ("routing_rules[0].conditions.country_mode", "exclude"),
            ("routing_rules[0].conditions.device_types", "mobile"),
            ("routing_rules[0].conditions.device_types", "tablet"),
            ("routing_rules[0].conditions.hours.start", "22"),
            ("routing_rules[0].conditions.hours.end", "6"),
            ("routing_rules[0].conditions.percentage", "12.5"),
            ("routing_rules[0].conditions.expires_at", "2100-01-01T10:00"),
            ("routing_rules[1].destination", "https://example.com/rest"));

        var rules = (await site.Api.OnlyLinkAsync())!.Value.GetProperty("routing_rules");
        var expected = JsonElement.Parse("""
            [{"destination":"https://example.com/app","priority":0,"conditions":{"countries":["DE","AT"],"country_mode":"exclude",
            "device_types":["mobile","tablet"],"hours":{"start":22,"end":6},"percentage":12.5,"expires_at":"2100-01-01T10:00:00Z"}},
            {"destination":"https://example.com/rest","priority":1,"conditions":{}}]
            """);
        Assert.True(JsonElement.DeepEquals(expected, rules), rules.GetRawText());
    }

    [Fact]
    public async Task RuleErrors_StandAtTheirFields()
    {
        var site = await LinkSite.OpenAsync(service);

        var html = await site.ShownAgainAsync(
            "/new",
            HttpStatusCode.BadRequest,
            ("url", "https://example.com/"),
            ("has_rules", "true"),
            ("routing_rules[0].destination", "https://example.com/de"),
            ("routing_rules[1].destination", ""),
            ("routing_rules[1].conditions.countries", "Germany"),
            ("routing_rules[1].conditions.hours.start", "25"),
            ("routing_rules[1].conditions.percentage", "half"));

        Assert.Equal("", LinkSite.ErrorOf(html, "routing_rules[0].destination"));
        foreach (var field in (string[])["countries", "hours.start", "hours.end", "percentage"])
        {
            Assert.True(LinkSite.ErrorOf(html, $"routing_rules[1].conditions.{field}").Length > 0, field);
        }

        Assert.NotEmpty(LinkSite.ErrorOf(html, "routing_rules[1].destination"));

        Assert.Equal("half", LinkSite.ValueOf(html, "routing_rules[1].conditions.percentage"));
    }

    private static string NewSlug() => $"slug-{Guid.NewGuid():N}";
}
