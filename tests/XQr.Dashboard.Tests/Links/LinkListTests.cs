using System.Net;
using XQr.Testing;

namespace XQr.Dashboard.Tests.Links;

public sealed class LinkListTests(ServiceFixture service)
{
    private const string Hostile = "<script>alert(1)</script>\"'&";

    [Fact]
    public async Task Search_ReturnsTheTableAloneToHtmx()
    {
        var site = await LinkSite.OpenAsync(service);
        await site.Api.NewLinkAsync("""{"url":"https://example.com/menu"}""");
        var wanted = await site.Api.NewLinkAsync("""{"url":"https://example.com/Terrace"}""");

        var part = await site.PartAsync(HttpMethod.Get, "?q=terrace&label=&enabled=");
        var page = await site.PageAsync("?q=terrace");

        Assert.Equal([wanted.Text("id")], LinkSite.IdsOf(part));
        Assert.Equal([wanted.Text("id")], LinkSite.IdsOf(page));
        Assert.StartsWith("<div id=\"results\"", part, StringComparison.Ordinal);
        using var response = await site.SendPartAsync(HttpMethod.Get, "?q=terrace&label=&enabled=");
        Assert.Equal($"{site.Path}?q=terrace", response.Header("HX-Push-Url"));
        Assert.Contains("<html", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filters_AreThoseOfTheApi()
    {
        var site = await LinkSite.OpenAsync(service);
        var labelled = await site.Api.NewLinkAsync("""{"url":"https://example.com/","labels":["a & b"]}""");
        var disabled = await site.Api.NewLinkAsync();
        await site.Api.PatchJsonAsync($"/api/v1/links/{disabled.Text("id")}", """{"enabled":false}""");

        Assert.Equal([labelled.Text("id")], LinkSite.IdsOf(await site.PageAsync("?label=a%20%26%20b")));
        Assert.Equal([disabled.Text("id")], LinkSite.IdsOf(await site.PageAsync("?enabled=false")));
        Assert.Contains("No links found", await site.PageAsync("?label=other"), StringComparison.Ordinal);
        await site.PageAsync("?enabled=maybe", HttpStatusCode.BadRequest);
        await site.PageAsync("?offset=-1", HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Pages_HaveFiftyLinksAndTheExactTotal()
    {
        var site = await LinkSite.OpenAsync(service);
        var links = string.Join(',', Enumerable.Range(1, 51).Select(number => $$"""{"url":"https://example.com/{{number}}"}"""));
        await (await site.Api.PostJsonAsync("/api/v1/links/bulk", $$"""{"links":[{{links}}]}""")).DataAsync(HttpStatusCode.Created);

        var (first, second) = (await site.PageAsync(), await site.PageAsync("?offset=50"));

        Assert.Equal(50, LinkSite.IdsOf(first).Length);
        Assert.Single(LinkSite.IdsOf(second));
        Assert.Contains("1 to 50 of 51 links", first, StringComparison.Ordinal);
        Assert.Contains($"href=\"{site.Path}?offset=50\"", first, StringComparison.Ordinal);
        Assert.Contains("51 to 51 of 51 links", second, StringComparison.Ordinal);
        Assert.Contains($"rel=\"prev\" href=\"{site.Path}\"", second, StringComparison.Ordinal);
    }

    /// <summary>The charts take no storage call, and no aggregation.</summary>
    [Fact]
    public async Task Rows_ShowTheScansOfThirtyDays()
    {
        await using var instance = await service.StartAnotherAsync(services: StillTime.AtPresent().Register);
        var site = await LinkSite.OpenAsync(service, instance: instance);
        var link = await site.Api.NewLinkAsync();
        await site.Api.NewLinkAsync();
        await site.ScanAsync(instance, link.Text("id"), 0, 0, 10, 31);
        await site.PageAsync();

        var html = "";
        var calls = await instance.Calls.DuringAsync(async () => html = await site.PageAsync());

        Assert.Equal(2, calls.Length);
        const string Text = "\"/></svg><span class=\"visually-hidden\">";
        Assert.Contains($"M0 16h36l2-5l2 5h16l2-11{Text}3 scans in 30 days</span>", html, StringComparison.Ordinal);
        Assert.Contains($"M0 16h58{Text}0 scans in 30 days</span>", html, StringComparison.Ordinal);
        Assert.Contains("<data value=\"4\">", html, StringComparison.Ordinal);
        using var home = await site.Browser.GetAsync(Paths.Of(site.WorkspaceId));
        Assert.Contains("3 scans in 30 days", await home.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task HostileContent_IsEncoded()
    {
        var site = await LinkSite.OpenAsync(service);
        var url = $"https://example.com/?q={Uri.EscapeDataString(Hostile)}\"><script>alert(2)</script>";
        await site.SendAsync("/new", ("url", url), ("labels", Hostile));
        var id = (await site.Api.OnlyLinkAsync())!.Value.Text("id");

        var query = Uri.EscapeDataString(Hostile);
        foreach (var path in (string[])["", $"/{id}", $"/{id}/edit", $"/{id}/delete", $"?q={query}", $"?label={query}", $"/new?url={query}"])
        {
            Assert.DoesNotContain("<script>", await site.PageAsync(path), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Switch_ReturnsTheRowToHtmxAndTheListToOthers()
    {
        var site = await LinkSite.OpenAsync(service);
        var id = (await site.Api.NewLinkAsync()).Text("id");

        var row = await site.PartAsync(HttpMethod.Post, $"/{id}/enabled?q=exam", ("enabled", "false"));
        Assert.StartsWith("<tr>", row.TrimStart(), StringComparison.Ordinal);
        Assert.Contains("aria-checked=\"false\"", row, StringComparison.Ordinal);
        Assert.Contains($"{id}/enabled?q=exam\"", row, StringComparison.Ordinal);
        Assert.False((await site.Api.LinkAsync(id)).GetProperty("enabled").GetBoolean());

        Assert.Equal($"{site.Path}?q=exam&done=enabled", await site.SendAsync($"/{id}/enabled?q=exam", ("enabled", "true")));
        Assert.Equal($"{site.Path}/{id}?done=disabled", await site.SendAsync($"/{id}/enabled", ("enabled", "false"), ("to", "page")));
        await site.ShownAgainAsync($"/{Guid.NewGuid()}/enabled", HttpStatusCode.NotFound, ("enabled", "true"));
    }

    /// <summary>Without a response to show, htmx loads the page or the sign-in.</summary>
    [Fact]
    public async Task Switch_ErrorsReachThePerson()
    {
        var site = await LinkSite.OpenAsync(service);
        using var deleted = await site.SendPartAsync(HttpMethod.Post, $"/{Guid.NewGuid()}/enabled", ("enabled", "true"));
        Assert.Equal(HttpStatusCode.NotFound, deleted.StatusCode);
        Assert.Equal("true", deleted.Header("HX-Refresh"));

        site.Browser.Cookies.Remove("__Host-xqr");
        using var expired = await site.SendPartAsync(HttpMethod.Post, $"/{Guid.NewGuid()}/enabled", ("enabled", "true"));
        Assert.Equal(HttpStatusCode.Unauthorized, expired.StatusCode);
        Assert.StartsWith("/dashboard/sign-in?return=", expired.Header("HX-Redirect"), StringComparison.Ordinal);
    }

    /// <summary>On the way back, htmx replaces the whole page.</summary>
    [Fact]
    public async Task WayBack_TheWholePage()
    {
        var site = await LinkSite.OpenAsync(service);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{site.Path}?q=menu");
        request.Headers.Add("HX-Request", "true");
        request.Headers.Add("HX-History-Restore-Request", "true");

        using var response = await site.Browser.SendAsync(request);

        Assert.Contains("<html", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ForeignWorkspace_HasNoPages()
    {
        var site = await LinkSite.OpenAsync(service);
        var other = await LinkSite.OpenAsync(service);
        var id = (await other.Api.NewLinkAsync()).Text("id");

        foreach (var path in (string[])["", "/new", $"/{id}", $"/{id}/edit", $"/{id}/qr", "/export", $"/bulk/delete?ids={id}"])
        {
            using var foreign = await site.Browser.GetAsync(other.Path + path);
            Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        }

        foreach (var path in (string[])["", "/edit", "/delete", "/qr"])
        {
            await site.PageAsync($"/{id}{path}", HttpStatusCode.NotFound);
        }

        await site.ShownAgainAsync($"/{id}/edit", HttpStatusCode.NotFound, ("url", "https://evil.example/"), ("version", "*"));
        await site.ShownAgainAsync($"/{id}/delete", HttpStatusCode.NotFound, ("version", "*"));
        Assert.Equal("https://example.com/", (await other.Api.LinkAsync(id)).Text("destination"));
    }
}
