using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using XQr.Dashboard.Tests.Browser;
using XQr.Dashboard.Tests.Screens;
using XQr.Testing;

namespace XQr.Dashboard.Tests.Links;

/// <summary>The forms of links in a dialog: wide screens show them over the page, at the address of their page.</summary>
public sealed class LinkDialogTests(ServiceFixture service, BrowserFixture browser)
{
    [Fact]
    public async Task Part_TheFormWithoutTheFrameAndTheNextPageInAHeader()
    {
        var site = await LinkSite.OpenAsync(service);

        var form = await site.PartAsync(HttpMethod.Get, "/new");
        Assert.StartsWith("<title>New link", form.TrimStart(), StringComparison.Ordinal);
        Assert.DoesNotContain("<nav", form, StringComparison.Ordinal);

        using var created = await site.SendPartAsync(HttpMethod.Post, "/new", ("url", "https://example.com/"));
        Assert.Equal(HttpStatusCode.NoContent, created.StatusCode);
        var id = (await site.Api.OnlyLinkAsync())!.Value.Text("id");
        Assert.Equal($"{site.Path}/{id}?done=created", created.Headers.GetValues("HX-Redirect").Single());
    }

    [Fact]
    public async Task NewLink_CreatedOverTheListWithErrorsInPlace()
    {
        var (site, tab) = await OpenAsync();
        await using var _ = tab;
        var (page, dialog) = (tab.Page, DialogOf(tab));
        await page.EvaluateAsync("() => window.isSamePage = true");
        var requests = new List<string>();
        page.Request += (_, request) => requests.Add(request.Url);

        await page.Keyboard.PressAsync("c");
        await Assertions.Expect(dialog.GetByLabel("Destination")).ToBeFocusedAsync();
        Assert.EndsWith("/links/new", Assert.Single(requests, url => !url.Contains("/assets/", StringComparison.Ordinal)), StringComparison.Ordinal);
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/links/new$"));
        await Assertions.Expect(page).ToHaveTitleAsync(new Regex("^New link"));
        foreach (var look in (Look[])[Look.Light, Look.Dark])
        {
            await tab.ShowAsync(look);
            Assert.Empty(await Axe.FindAsync(page, look));
        }

        await dialog.GetByRole(AriaRole.Button, new() { Name = "Add a rule" }).ClickAsync();
        await Assertions.Expect(dialog.Locator(".rule").GetByLabel("Destination")).ToBeFocusedAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Remove rule 1" }).ClickAsync();
        await Assertions.Expect(dialog.Locator(".rule")).ToHaveCountAsync(0);

        await dialog.GetByLabel("Short link").FillAsync("-a");
        await Assertions.Expect(dialog.Locator("#slug-state")).ToContainTextAsync("Use 3 to 64");
        await dialog.GetByLabel("Destination").FillAsync("https://example.com/over-the-list");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(dialog.GetByRole(AriaRole.Alert)).ToBeFocusedAsync();
        await dialog.GetByRole(AriaRole.Alert).GetByRole(AriaRole.Link).ClickAsync();
        await Assertions.Expect(dialog.GetByLabel("Short link")).ToBeFocusedAsync();
        Assert.True(await page.EvaluateAsync<bool>("() => window.isSamePage"));

        await dialog.GetByLabel("Short link").FillAsync("");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByText("Your link is ready.")).ToBeVisibleAsync();
        await page.GoBackAsync();
        await Assertions.Expect(page.Locator("#results")).ToContainTextAsync("over-the-list");
        Assert.EndsWith(site.Path, page.Url, StringComparison.Ordinal);
        await tab.HasNoErrorsAsync();
    }

    [Fact]
    public async Task Leaving_AsksOnlyIfSomethingWasEntered()
    {
        var (site, tab) = await OpenAsync();
        await using var _ = tab;
        var (page, dialog) = (tab.Page, DialogOf(tab));
        var questions = new List<string>();
        var discards = false;
        page.Dialog += (_, question) =>
        {
            questions.Add(question.Message);
            _ = discards ? question.AcceptAsync() : question.DismissAsync();
        };

        var button = page.Locator(".page-head .btn-primary");
        await button.ClickAsync();
        await Assertions.Expect(dialog).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(dialog).ToBeHiddenAsync();
        await Assertions.Expect(button).ToBeFocusedAsync();
        await Assertions.Expect(page).ToHaveTitleAsync(new Regex("^Links"));
        await page.GoForwardAsync();
        await Assertions.Expect(dialog).ToBeVisibleAsync();
        await page.Mouse.ClickAsync(4, 4);
        await Assertions.Expect(dialog).ToBeHiddenAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/links$"));
        Assert.Empty(questions);

        await button.ClickAsync();
        await dialog.GetByLabel("Destination").FillAsync("https://example.com/kept");
        await page.Keyboard.PressAsync("Escape");
        await Eventually.TrueAsync(() => Task.FromResult(questions.Count == 1), "The person is asked.");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/links/new$"));
        await Assertions.Expect(dialog.GetByLabel("Destination")).ToHaveValueAsync("https://example.com/kept");

        discards = true;
        await page.GoBackAsync();
        await Assertions.Expect(dialog).ToBeHiddenAsync();
        Assert.Equal(2, questions.Count);
        Assert.Null(await site.Api.OnlyLinkAsync());
        await tab.HasNoErrorsAsync();
    }

    [Fact]
    public async Task EditedRow_ConflictInPlaceAndTheSameListAfterwards()
    {
        var (site, tab) = await OpenAsync("?q=menu", """{"url":"https://example.com/menu"}""");
        await using var _ = tab;
        var (page, dialog) = (tab.Page, DialogOf(tab));

        await page.Locator("a[href$='/edit']").ClickAsync();
        await dialog.GetByLabel("Destination").FillAsync("https://example.com/menu/mine");
        await site.Api.PatchJsonAsync(
            $"/api/v1/links/{(await site.Api.OnlyLinkAsync())!.Value.Text("id")}", """{"url":"https://example.com/menu/theirs"}""");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("menu/theirs");

        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Your changes are saved.")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("tbody tr")).ToContainTextAsync("menu/mine");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex(@"/links\?q=menu$"));

        await page.Locator("a[href$='/delete']").ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Delete link" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The link was deleted.")).ToBeVisibleAsync();
        Assert.Null(await site.Api.OnlyLinkAsync());
        await tab.HasNoErrorsAsync();
    }

    [Fact]
    public async Task ExpiredSession_KeepsTheForm()
    {
        var (_, tab) = await OpenAsync();
        await using var _ = tab;
        await tab.Page.Locator(".page-head .btn-primary").ClickAsync();
        await DialogOf(tab).GetByLabel("Destination").FillAsync("https://example.com/kept");

        await tab.Page.Context.ClearCookiesAsync();
        await tab.Page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(tab.Page.Locator("main input[name=url]")).ToHaveValueAsync("https://example.com/kept");
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in" })).ToBeVisibleAsync();
        await tab.HasNoErrorsAsync();
    }

    [Fact]
    public async Task NarrowScreenAndOtherTab_ThePage()
    {
        var (_, tab) = await OpenAsync();
        await using var _ = tab;
        var button = tab.Page.Locator(".page-head .btn-primary");

        // The browser loads the other tab by itself; this one stays as it is.
        var list = tab.Page.Url;
        await tab.Page.Context.RunAndWaitForPageAsync(() => button.ClickAsync(new() { Modifiers = [KeyboardModifier.ControlOrMeta] }));
        await Assertions.Expect(DialogOf(tab)).ToHaveCountAsync(0);
        Assert.Equal(list, tab.Page.Url);

        await tab.ShowAsync(Look.Phone);
        await button.ClickAsync();
        await Assertions.Expect(tab.Page.Locator("main .link-form")).ToBeVisibleAsync();
        await tab.HasNoErrorsAsync();
    }

    private static ILocator DialogOf(BrowserTab tab) => tab.Page.Locator("dialog[open]");

    private async Task<(LinkSite Site, BrowserTab Tab)> OpenAsync(string query = "", string? link = null)
    {
        var site = await LinkSite.OpenAsync(service);
        if (link is not null)
        {
            await site.Api.NewLinkAsync(link);
        }

        var tab = await browser.OpenAsync(service.Application, site.Email);
        await tab.GoAsync(site.Path + query);
        return (site, tab);
    }
}
