using System.Net;
using XQr.Api.Links;
using XQr.Api.Tenancy;
using XQr.Testing;

namespace XQr.Dashboard.Tests.Links;

public sealed class LinkPageTests(ServiceFixture service)
{
    [Fact]
    public async Task Edit_ChangesTheLink()
    {
        var site = await LinkSite.OpenAsync(service);
        var old = await site.Api.NewLinkAsync("""{"url":"https://example.com/old","labels":["a, b"],"expires_at":"2100-01-01T10:00:30Z"}""");
        var id = old.Text("id");
        var form = await site.PageAsync($"/{id}/edit");
        Assert.Equal("2100-01-01T10:00:30", LinkSite.ValueOf(form, "expires_at"));

        var next = await site.SendAsync(
            $"/{id}/edit",
            ("version", LinkSite.ValueOf(form, "version")),
            ("url", "https://example.com/new"),
            ("labels", "a, b"),
            ("enabled", "false"),
            ("expires_at", ""),
            ("has_rules", "true"));

        Assert.Equal($"{site.Path}/{id}?done=saved", next);
        var link = await site.Api.LinkAsync(id);
        Assert.Equal("https://example.com/new", link.Text("destination"));
        Assert.Equal("a, b", Assert.Single(link.GetProperty("labels").EnumerateArray()).GetString());
        Assert.False(link.GetProperty("enabled").GetBoolean());
        Assert.Null(link.GetProperty("expires_at").GetString());
    }

    [Fact]
    public async Task Conflict_ShowsBothVersionsAndLetsThePersonDecide()
    {
        var site = await LinkSite.OpenAsync(service);
        var id = (await site.Api.NewLinkAsync()).Text("id");
        var version = ("version", LinkSite.ValueOf(await site.PageAsync($"/{id}/edit"), "version"));
        await site.Api.PatchJsonAsync(
            $"/api/v1/links/{id}", """{"url":"https://example.com/theirs","routing_rules":[{"destination":"https://example.com/all"}]}""");

        var html = await site.ShownAgainAsync(
            $"/{id}/edit",
            HttpStatusCode.PreconditionFailed,
            version,
            ("url", "https://example.com/mine"),
            ("has_rules", "true"),
            ("routing_rules[0].destination", "https://example.com/de"),
            ("routing_rules[0].conditions.countries", "de"));

        Assert.Contains("This link has changed", html, StringComparison.Ordinal);
        Assert.Contains(">https://example.com/theirs<", html, StringComparison.Ordinal);
        Assert.Contains(">https://example.com/mine<", html, StringComparison.Ordinal);
        Assert.Contains(">Visitors from Germany: https://example.com/de<", html, StringComparison.Ordinal);
        Assert.Contains(">All visitors: https://example.com/all<", html, StringComparison.Ordinal);
        Assert.Equal("https://example.com/mine", LinkSite.ValueOf(html, "url"));
        Assert.Equal("https://example.com/theirs", (await site.Api.LinkAsync(id)).Text("destination"));

        await site.SendAsync($"/{id}/edit", ("version", LinkSite.ValueOf(html, "version")), ("url", "https://example.com/mine"));
        Assert.Equal("https://example.com/mine", (await site.Api.LinkAsync(id)).Text("destination"));
    }

    [Fact]
    public async Task PlanWithoutRules_KeepsTheRulesOfTheLink()
    {
        var site = await LinkSite.OpenAsync(service, Plan.Pro);
        var link = await site.Api.NewLinkAsync(
            """{"url":"https://example.com/","routing_rules":[{"destination":"https://example.com/de","conditions":{"countries":["DE"]}}]}""");
        var id = link.Text("id");
        await service.Application.Service<WorkspaceStore>().SetPlanAsync(site.WorkspaceId, Plan.Free, CancellationToken.None);
        using var browser = await DashboardClient.SignInAsync(service.Application, site.Email);
        site = site with { Browser = browser };

        var form = await site.PageAsync($"/{id}/edit");
        Assert.Contains("Your plan does not include routing rules.", form, StringComparison.Ordinal);
        Assert.Contains("Visitors from Germany", form, StringComparison.Ordinal);
        Assert.DoesNotContain("has_rules", form, StringComparison.Ordinal);
        await site.SendAsync($"/{id}/edit", ("version", LinkSite.ValueOf(form, "version")), ("url", "https://example.com/new"));

        var page = await site.PageAsync($"/{id}");
        Assert.Contains("https://example.com/new", page, StringComparison.Ordinal);
        Assert.Contains("Visitors from Germany", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_ShowsScansByCountryDeviceAndReferrer()
    {
        var site = await LinkSite.OpenAsync(service);
        var link = await site.Api.NewLinkAsync();
        await service.Client.VisitAsync($"/{link.Text("short_code")}", headers: ("Referer", "https://news.example/today"));
        await Eventually.TrueAsync(
            async () => (await site.Api.LinkAsync(link.Text("id"))).Number("scan_count") == 1, "The scan is counted.");

        var html = await site.PageAsync($"/{link.Text("id")}?period=7d");

        Assert.Contains("news.example", html, StringComparison.Ordinal);
        Assert.Contains(">Desktop<", html, StringComparison.Ordinal);
        Assert.Contains("<data value=\"1\">1</data></strong> scan in this period", html, StringComparison.Ordinal);
        await site.PageAsync($"/{link.Text("id")}?period=2d", HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Codes_AreCountedByDownloadsOnly()
    {
        var site = await LinkSite.OpenAsync(service);
        var link = await site.Api.NewLinkAsync();
        var id = link.Text("id");

        var page = await site.PageAsync($"/{id}");
        Assert.False(await IsCountedAsync());

        using var svg = await site.Browser.GetAsync($"{site.Path}/{id}/qr?format=svg&size=6");
        Assert.Contains($">{await svg.Content.ReadAsStringAsync()}</div>", page, StringComparison.Ordinal);
        using var png = await site.Browser.GetAsync($"{site.Path}/{id}/qr?format=png&size=20");
        Assert.Equal("image/png", png.Content.Headers.ContentType!.MediaType);
        Assert.Equal($"attachment; filename=\"{id[..8]}-qr.png\"", png.Content.Headers.ContentDisposition!.ToString());
        Assert.True(await IsCountedAsync());

        async Task<bool> IsCountedAsync()
        {
            var stored = await service.Application.Service<LinkStore>().FindAsync(site.WorkspaceId, Guid.Parse(id), CancellationToken.None);
            return stored!.QrRendered;
        }
    }

    [Fact]
    public async Task Deletion_IsConfirmedAndChecksTheVersion()
    {
        var site = await LinkSite.OpenAsync(service);
        var id = (await site.Api.NewLinkAsync()).Text("id");
        var version = LinkSite.ValueOf(await site.PageAsync($"/{id}/delete"), "version");
        await site.Api.PatchJsonAsync($"/api/v1/links/{id}", """{"url":"https://example.com/changed"}""");

        var html = await site.ShownAgainAsync($"/{id}/delete", HttpStatusCode.PreconditionFailed, ("version", version));
        Assert.Contains("https://example.com/changed", html, StringComparison.Ordinal);
        await site.ShownAgainAsync($"/{id}/delete", HttpStatusCode.PreconditionFailed);

        Assert.Equal($"{site.Path}?done=deleted", await site.SendAsync($"/{id}/delete", ("version", LinkSite.ValueOf(html, "version"))));
        Assert.Null(await site.Api.OnlyLinkAsync());
    }

    [Fact]
    public async Task Export_IsAFileOfScans()
    {
        var site = await LinkSite.OpenAsync(service);
        var link = await site.Api.NewLinkAsync();

        using var file = await site.Browser.GetAsync($"{site.Path}/export?link_id={link.Text("id")}");
        Assert.Equal("text/csv", file.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("timestamp,link_id,short_code", await file.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        var free = await LinkSite.OpenAsync(service, Plan.Free);
        Assert.DoesNotContain("/export", await free.PageAsync(), StringComparison.Ordinal);
        await free.PageAsync("/export", HttpStatusCode.Forbidden);
    }
}
