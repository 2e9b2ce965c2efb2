using Microsoft.Playwright;
using XQr.Dashboard.Tests.Browser;
using XQr.Dashboard.Tests.Screens;
using XQr.Testing;

namespace XQr.Dashboard.Tests.Links;

/// <summary>Tests the scripts of the pages of links, and the pages without scripts.</summary>
public sealed class LinkBrowserTests(ServiceFixture service, BrowserFixture browser)
{
    [Fact]
    public async Task List_SearchesWhileTypingAndSwitchesRows()
    {
        var site = await LinkSite.OpenAsync(service);
        var id = (await site.Api.NewLinkAsync("""{"url":"https://example.com/menu"}""")).Text("id");
        await site.Api.NewLinkAsync("""{"url":"https://example.com/terrace"}""");
        await using var tab = await browser.OpenAsync(service.Application, site.Email);
        await tab.GoAsync(site.Path);

        // One event of input. Each search adds an entry to the history, and keys that are pressed slowly are several searches.
        await tab.Page.Locator("#q").FillAsync("menu");
        await tab.Page.WaitForURLAsync(url => url.EndsWith("/links?q=menu", StringComparison.Ordinal));
        await Assertions.Expect(tab.Page.Locator("tbody tr")).ToHaveCountAsync(1);

        var row = tab.Page.GetByRole(AriaRole.Switch);
        await row.ClickAsync();
        await Assertions.Expect(row).ToHaveAttributeAsync("aria-checked", "false");
        await Assertions.Expect(row).ToBeFocusedAsync();
        Assert.False((await site.Api.LinkAsync(id)).GetProperty("enabled").GetBoolean());
        Assert.EndsWith("/links?q=menu", tab.Page.Url, StringComparison.Ordinal);

        await tab.Page.GoBackAsync();
        await Assertions.Expect(tab.Page.Locator("tbody tr")).ToHaveCountAsync(2);
        await tab.HasNoErrorsAsync();
    }

    [Fact]
    public async Task Selection_ShowsWhatCanBeDone()
    {
        var site = await LinkSite.OpenAsync(service);
        await site.Api.NewLinkAsync();
        await site.Api.NewLinkAsync();
        await using var tab = await browser.OpenAsync(service.Application, site.Email);
        await tab.GoAsync(site.Path);
        var bar = tab.Page.Locator(".bulk-bar");
        await Assertions.Expect(bar).ToBeHiddenAsync();

        await tab.Page.Locator("[data-select-all]").CheckAsync();
        await Assertions.Expect(bar).ToContainTextAsync("2");
        await bar.GetByRole(AriaRole.Button, new() { Name = "Turn off" }).ClickAsync();

        await Assertions.Expect(tab.Page.GetByText("Links turned off: 2.")).ToBeVisibleAsync();
        await tab.HasNoErrorsAsync();
    }

    [Fact]
    public async Task Selection_OnAPhone_ChangesAndDeletes()
    {
        var site = await LinkSite.OpenAsync(service);
        await site.Api.NewLinkAsync("""{"url":"https://example.com/","labels":["0","1","2","3","4","5","6","7","8","9"]}""");
        var id = (await site.Api.NewLinkAsync()).Text("id");
        await using var tab = await browser.OpenAsync(service.Application, site.Email, Look.Phone);
        await tab.GoAsync(site.Path);
        var (boxes, bar) = (tab.Page.Locator("[name=ids]"), tab.Page.Locator(".bulk-bar"));

        await boxes.First.CheckAsync();
        await boxes.Last.CheckAsync();

        // At the end of the page, the bar is below the last row.
        await tab.Page.Locator(".pager").ScrollIntoViewIfNeededAsync();
        var (row, box) = ((await tab.Page.Locator("tbody tr").Last.BoundingBoxAsync())!, (await bar.BoundingBoxAsync())!);
        Assert.InRange(box.Y, row.Y + row.Height, Look.Phone.Height - box.Height);

        await bar.GetByRole(AriaRole.Button, new() { Name = "Labels" }).ClickAsync();
        await tab.Page.GetByLabel("Add labels").FillAsync("new");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Change labels" }).ClickAsync();
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Links with changed labels: 1. Not changed: 1.");
        await Assertions.Expect(boxes.First).ToBeCheckedAsync(new() { Checked = false });
        await Assertions.Expect(boxes.Last).ToBeCheckedAsync();
        Assert.Empty(await Axe.FindAsync(tab.Page, Look.Phone));
        Assert.Empty(await tab.TooWideAsync());

        await bar.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Delete links" }).ClickAsync();
        await Assertions.Expect(tab.Page.GetByText("Links deleted: 1.")).ToBeVisibleAsync();
        Assert.Equal(id, (await site.Api.OnlyLinkAsync())!.Value.Text("id"));
    }

    [Fact]
    public async Task Form_ChecksTheShortLinkAndShowsItsCode()
    {
        var site = await LinkSite.OpenAsync(service);
        await using var tab = await browser.OpenAsync(service.Application, site.Email);
        await tab.GoAsync($"{site.Path}/new");

        var slug = $"typed-{Guid.NewGuid():N}";
        await tab.Page.GetByLabel("Short link").FillAsync(slug);
        await Assertions.Expect(tab.Page.Locator("#slug-state")).ToContainTextAsync("is free");
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Img, new() { Name = $"QR code of xqr.test/{slug}" })).ToBeVisibleAsync();

        await tab.Page.GetByLabel("Destination").FillAsync("https://example.com/typed");
        await tab.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(tab.Page.GetByText("Your link is ready.")).ToBeVisibleAsync();
        Assert.Equal(slug, (await site.Api.OnlyLinkAsync())!.Value.Text("short_code"));
        await tab.HasNoErrorsAsync();
    }

    [Fact]
    public async Task WithoutScripts_TheChartTellsTheScansOfADay()
    {
        var site = await LinkSite.OpenAsync(service);
        var id = (await site.Api.NewLinkAsync()).Text("id");
        await site.ScanAsync(service.Application, id, 1, 1, 4);
        await using var tab = await browser.OpenAsync(service.Application, site.Email, scripts: false);
        await tab.GoAsync($"{site.Path}/{id}");
        var days = tab.Page.Locator(".days label");
        await Assertions.Expect(days).ToHaveCountAsync(30);

        await days.Nth(28).HoverAsync();
        await ShowsAsync(28, "2");
        await days.Nth(10).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Heading, new() { Level = 1 }).HoverAsync();
        await ShowsAsync(10, "0");
        for (var day = 10; day < 25; day++)
        {
            await tab.Page.Keyboard.PressAsync("ArrowRight");
        }

        await ShowsAsync(25, "1");
        await tab.Page.GetByText("Show as table").ClickAsync();
        await Assertions.Expect(tab.Page.Locator(".chart tbody tr").Nth(28)).ToContainTextAsync("2");

        await tab.ShowAsync(Look.Phone);
        await days.Nth(28).ClickAsync();
        await ShowsAsync(28, "2");
        Assert.Equal(1, await tab.Page.Locator(".days label:has(:checked)").CountAsync());

        async Task ShowsAsync(int day, string scans)
        {
            var value = days.Nth(day).Locator("span");
            await Assertions.Expect(value).ToHaveCSSAsync("opacity", "1");
            await Assertions.Expect(value).ToBeVisibleAsync();
            await Assertions.Expect(value.Locator("strong")).ToHaveTextAsync(scans);
        }
    }

    [Fact]
    public async Task WithoutScripts_ALinkIsCreatedSwitchedAndDeleted()
    {
        var site = await LinkSite.OpenAsync(service);
        await using var tab = await browser.OpenAsync(service.Application, site.Email, scripts: false);
        await tab.GoAsync($"{site.Path}/new");
        await tab.Page.GetByLabel("Destination").FillAsync("https://example.com/plain");
        await Button("Add a rule").ClickAsync();
        await Button("Remove rule 1").ClickAsync();
        await Button("Create link").Last.ClickAsync();
        await Assertions.Expect(tab.Page.GetByText("Your link is ready.")).ToBeVisibleAsync();

        await tab.GoAsync(site.Path);
        await tab.Page.GetByRole(AriaRole.Switch).ClickAsync();
        await Assertions.Expect(tab.Page.GetByText("The link is off.")).ToBeVisibleAsync();

        await tab.Page.Locator("a[href$='/delete']").ClickAsync();
        await Button("Delete link").ClickAsync();
        await Assertions.Expect(tab.Page.GetByText("The link was deleted.")).ToBeVisibleAsync();
        Assert.Null(await site.Api.OnlyLinkAsync());

        ILocator Button(string name) => tab.Page.GetByRole(AriaRole.Button, new() { Name = name });
    }
}
