using System.IO.Compression;
using System.Net;
using XQr.Api.Tenancy;
using XQr.Testing;

namespace XQr.Dashboard.Tests.Links;

/// <summary>The changes of the selected links of the list.</summary>
public sealed class LinkBulkTests(ServiceFixture service)
{
    private const string TenLabels = """["0","1","2","3","4","5","6","7","8","9"]""";

    [Fact]
    public async Task Selected_AreSwitchedTogether()
    {
        var site = await LinkSite.OpenAsync(service);
        var (first, second) = ((await site.Api.NewLinkAsync()).Text("id"), (await site.Api.NewLinkAsync()).Text("id"));

        var next = await site.SendAsync("/bulk?enabled=false", ("ids", first), ("ids", second), ("ids", $"{Guid.NewGuid()}"), ("action", "disable"));

        Assert.Equal($"{site.Path}?enabled=false&done=disabled-2-1", next);
        var html = await site.PageAsync(next[site.Path.Length..]);
        Assert.Contains("Links turned off: 2.", html, StringComparison.Ordinal);
        Assert.Contains("Deleted in the meantime: 1.", html, StringComparison.Ordinal);
        Assert.False((await site.Api.LinkAsync(first)).GetProperty("enabled").GetBoolean());
        var none = await site.ShownAgainAsync("/bulk", HttpStatusCode.BadRequest, ("action", "enable"));
        Assert.Contains("Select at least one link.", none, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Codes_OfTheSelectedAreOneFile()
    {
        var site = await LinkSite.OpenAsync(service);
        var link = await site.Api.NewLinkAsync();
        await site.Api.NewLinkAsync();

        using var response = await site.Browser.PostAsync($"{site.Path}/bulk", ("ids", link.Text("id")), ("action", "codes"));

        using var zip = new ZipArchive(await response.Content.ReadAsStreamAsync());
        Assert.Equal([$"{link.Text("short_code")}.svg"], zip.Entries.Select(entry => entry.Name));
    }

    [Fact]
    public async Task Labels_AreAddedAndRemovedAndTheOthersStaySelected()
    {
        var site = await LinkSite.OpenAsync(service);
        var first = (await site.Api.NewLinkAsync("""{"url":"https://example.com/","labels":["old","<b>"]}""")).Text("id");
        var full = await site.Api.NewLinkAsync($$"""{"url":"https://example.com/","labels":{{TenLabels}} }""");
        var (ids, gone) = ($"{first},{full.Text("id")}", $"{Guid.NewGuid()}");

        var next = await site.SendAsync("/bulk?q=example", ("ids", first), ("ids", full.Text("id")), ("action", "labels"));
        Assert.Equal($"{site.Path}/bulk/labels?q=example&ids={ids}", next);
        var form = await site.PageAsync(next[site.Path.Length..]);
        Assert.Equal([first, full.Text("id")], LinkSite.IdsOf(form));
        Assert.Contains($"action=\"{site.Path}/bulk/labels?q=example\"", form, StringComparison.Ordinal);
        Assert.Contains("name=\"remove_labels\" value=\"old\"", form, StringComparison.Ordinal);

        var refused = await site.ShownAgainAsync(
            "/bulk/labels", HttpStatusCode.BadRequest, ("ids", first), ("add_labels", new string('a', 51)), ("remove_labels", "old"));
        Assert.NotEmpty(LinkSite.ErrorOf(refused, "add_labels"));
        Assert.Contains("value=\"old\" checked", refused, StringComparison.Ordinal);

        var list = await site.ShownAgainAsync(
            "/bulk/labels?q=example",
            HttpStatusCode.OK,
            ("ids", first), ("ids", full.Text("id")), ("ids", gone), ("add_labels", "new\r\nnewer"), ("remove_labels", "old"));
        Assert.Contains("Links with changed labels: 1. Deleted in the meantime: 1. Not changed: 1.", list, StringComparison.Ordinal);
        Assert.Contains($"/{full.Text("short_code")}</a>: The link would have 12 labels", list, StringComparison.Ordinal);
        Assert.Contains($"value=\"{full.Text("id")}\" checked", list, StringComparison.Ordinal);
        Assert.DoesNotContain($"value=\"{first}\" checked", list, StringComparison.Ordinal);
        var labels = (await site.Api.LinkAsync(first)).GetProperty("labels").EnumerateArray().Select(label => label.GetString());
        Assert.Equal(["<b>", "new", "newer"], labels);
    }

    [Fact]
    public async Task Expiry_IsSetAndRemoved()
    {
        var site = await LinkSite.OpenAsync(service);
        var id = (await site.Api.NewLinkAsync()).Text("id");

        var refused = await site.ShownAgainAsync("/bulk/expiry", HttpStatusCode.BadRequest, ("ids", id), ("set.expires_at", ""));
        Assert.NotEmpty(LinkSite.ErrorOf(refused, "set.expires_at"));

        var next = await site.SendAsync("/bulk/expiry?offset=50", ("ids", id), ("set.expires_at", "2999-12-24T18:30"));
        Assert.Equal($"{site.Path}?offset=50&done=expiry-1-0", next);
        Assert.Equal("2999-12-24T18:30:00Z", (await site.Api.LinkAsync(id)).Text("expires_at"));

        await site.SendAsync("/bulk/expiry", ("ids", id), ("set.expires_at", ""), ("action", "remove"));
        Assert.Null((await site.Api.LinkAsync(id)).GetProperty("expires_at").GetString());
    }

    [Fact]
    public async Task Deletion_NamesTheLinksAndAsks()
    {
        var site = await LinkSite.OpenAsync(service);
        var (first, second) = (await site.Api.NewLinkAsync(), (await site.Api.NewLinkAsync()).Text("id"));
        var kept = (await site.Api.NewLinkAsync()).Text("id");

        var next = await site.SendAsync("/bulk", ("ids", first.Text("id")), ("ids", second), ("action", "delete"));
        var question = await site.PageAsync(next[site.Path.Length..]);
        Assert.Contains($"/{first.Text("short_code")}</a>", question, StringComparison.Ordinal);
        Assert.Equal([first.Text("id"), second], LinkSite.IdsOf(question));
        await site.Api.LinkAsync(second);

        var done = await site.SendAsync("/bulk/delete", ("ids", first.Text("id")), ("ids", second), ("ids", $"{Guid.NewGuid()}"));
        var list = await site.PageAsync(done[site.Path.Length..]);
        Assert.Contains("Links deleted: 2. Deleted in the meantime: 1.", list, StringComparison.Ordinal);
        Assert.Equal([kept], LinkSite.IdsOf(list));

        // A page of links that are all gone is the list.
        var gone = await site.PageAsync(next[site.Path.Length..], HttpStatusCode.BadRequest);
        Assert.Contains("Select at least one link.", gone, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LinksOfOthers_StayAsTheyAre()
    {
        var (site, other) = (await LinkSite.OpenAsync(service), await LinkSite.OpenAsync(service));
        var id = (await other.Api.NewLinkAsync()).Text("id");

        Assert.EndsWith("?done=labels-0-1", await site.SendAsync("/bulk/labels", ("ids", id), ("add_labels", "mine")), StringComparison.Ordinal);
        Assert.EndsWith("?done=deleted-0-1", await site.SendAsync("/bulk/delete", ("ids", id)), StringComparison.Ordinal);
        await site.PageAsync($"/bulk/delete?ids={id}", HttpStatusCode.BadRequest);

        Assert.Equal(0, (await other.Api.LinkAsync(id)).GetProperty("labels").GetArrayLength());
    }

    [Fact]
    public async Task FreePlan_HasNoChangesOfManyLinks()
    {
        var site = await LinkSite.OpenAsync(service, Plan.Free);
        await site.SendAsync("", ("url", "https://example.com/"));

        var html = await site.PageAsync();

        Assert.DoesNotContain("name=\"ids\"", html, StringComparison.Ordinal);
        Assert.Contains("role=\"switch\"", html, StringComparison.Ordinal);
        await site.ShownAgainAsync("/bulk", HttpStatusCode.Forbidden, ("ids", $"{Guid.NewGuid()}"), ("action", "enable"));
        await site.ShownAgainAsync("/bulk/labels", HttpStatusCode.Forbidden, ("ids", $"{Guid.NewGuid()}"), ("add_labels", "a"));
        await site.ShownAgainAsync("/bulk/delete", HttpStatusCode.Forbidden, ("ids", $"{Guid.NewGuid()}"));
        await site.PageAsync($"/bulk/expiry?ids={Guid.NewGuid()}", HttpStatusCode.Forbidden);
    }
}
