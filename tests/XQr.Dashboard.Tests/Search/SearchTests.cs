using System.Net;
using System.Text.RegularExpressions;
using XQr.Api.Tenancy;
using XQr.Dashboard.Tests.Links;
using XQr.Dashboard.Tests.Settings;
using XQr.Testing;

namespace XQr.Dashboard.Tests.Search;

/// <summary>Tests the results of the search, and the commands that it offers.</summary>
public sealed partial class SearchTests(ServiceFixture service)
{
    [Fact]
    public async Task Links_TheFirstEightOfAll()
    {
        var site = await LinkSite.OpenAsync(service);
        for (var number = 1; number <= 9; number++)
        {
            await site.Api.NewLinkAsync($$"""{"url":"https://example.com/{{number}}?a=<i>&b=\"'"}""");
        }

        var html = await SearchAsync(site, "A=<I>&b");

        Assert.DoesNotContain("<i>", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("https://example.com/9?a=&lt;i&gt;&amp;b=&quot;", html, StringComparison.Ordinal);
        var options = OptionsIn(html);
        Assert.Equal(9, options.Length);
        Assert.All(options[..8], option => Assert.StartsWith($"{site.Path}/", option, StringComparison.Ordinal));
        Assert.Equal($"{site.Path}?q=A%3D%3CI%3E%26b", options[8]);
        Assert.Contains("Show all 9 links", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Url_IsTheDestinationOfANewLink()
    {
        var site = await LinkSite.OpenAsync(service);
        const string Url = "https://example.com/new?a=1&b=<b>";

        var html = await SearchAsync(site, $" {Url} ");

        Assert.DoesNotContain("<b>", html, StringComparison.Ordinal);
        var form = await site.Browser.GetAsync(Assert.Single(OptionsIn(html)));
        Assert.Equal(Url, LinkSite.ValueOf(await form.Content.ReadAsStringAsync(), "url"));
    }

    [Theory]
    [InlineData("https://user@example.com/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("nothing-has-this")]
    public async Task OtherText_NoResult(string text) =>
        Assert.Empty(OptionsIn(await SearchAsync(await LinkSite.OpenAsync(service), text)));

    [Fact]
    public async Task ShortUrl_IsItsLink()
    {
        var site = await LinkSite.OpenAsync(service);
        var link = await site.Api.NewLinkAsync();
        var shortUrl = link.Text("short_url");

        foreach (var text in (string[])[shortUrl, shortUrl["https://".Length..].ToUpperInvariant()])
        {
            Assert.Equal($"{site.Path}/{link.Text("id")}", Assert.Single(OptionsIn(await SearchAsync(site, text))));
        }
    }

    [Fact]
    public async Task Address_ShowsTheListWithTheText()
    {
        var site = await LinkSite.OpenAsync(service);

        using var response = await site.Browser.GetAsync(Paths.Of(site.WorkspaceId, "search?q=a%26b"));

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.Equal($"{site.Path}?q=a%26b", response.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData(Plan.Business, "admin", "links/new", "settings/developers/new", "settings/members/new")]
    [InlineData(Plan.Free, "admin", "links/new", "settings/members/new")]
    [InlineData(Plan.Business, "member", "links/new")]
    public async Task Commands_ThoseOfTheRoleAndThePlan(Plan plan, string role, params string[] pages)
    {
        var (team, _) = await Team.NewAsync(service, plan);
        using var members = team;
        var browser = await team.JoinAsync(Enum.Parse<Role>(role, ignoreCase: true));

        var html = await browser.ReadAsync(Paths.Of(team.WorkspaceId, "settings/general"));

        var commands = html.Split("aria-label=\"Commands\"")[1].Split("aria-label=\"Pages\"")[0];
        Assert.Equal(pages.Select(page => Paths.Of(team.WorkspaceId, page)), OptionsIn(commands));
    }

    /// <summary>Counts the storage transactions. The session and the membership are cached.</summary>
    [Fact]
    public async Task Search_ReadsTheColumnsOnceAndEachLink()
    {
        await using var instance = await service.StartAnotherAsync(services: StillTime.AtPresent().Register);
        var site = await LinkSite.OpenAsync(service, instance: instance);
        await site.Api.NewLinkAsync("""{"url":"https://example.com/apples"}""");
        await site.Api.NewLinkAsync("""{"url":"https://example.com/pears"}""");
        await SearchAsync(site, "");

        Assert.Equal(0, await CostAsync(" "));
        Assert.Equal(1, await CostAsync("nothing-has-this"));
        Assert.Equal(1 + 2, await CostAsync("example.com"));

        async Task<int> CostAsync(string text) => (await instance.Calls.DuringAsync(() => SearchAsync(site, text))).Length;
    }

    private static async Task<string> SearchAsync(LinkSite site, string text)
    {
        var path = Paths.Of(site.WorkspaceId, $"search?q={Uri.EscapeDataString(text)}");
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "HX-Request", "true" } } };
        using var response = await site.Browser.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }

    /// <summary>Returns the addresses of the options.</summary>
    private static string[] OptionsIn(string html) =>
        [.. Option().Matches(html).Select(match => WebUtility.HtmlDecode(match.Groups["href"].Value))];

    [GeneratedRegex("""<a role="option" tabindex="-1" href="(?<href>[^"]*)""")]
    private static partial Regex Option();
}
