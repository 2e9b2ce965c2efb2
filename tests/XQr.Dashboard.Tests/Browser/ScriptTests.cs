using Microsoft.Playwright;
using XQr.Dashboard.Tests.Screens;
using XQr.Testing;

namespace XQr.Dashboard.Tests.Browser;

/// <summary>The scripts that all pages share.</summary>
public sealed class ScriptTests(ServiceFixture service, BrowserFixture browser)
{
    [Fact]
    public async Task Shortcuts_OpenPagesUntilTheyAreSwitchedOff()
    {
        await using var tab = await OpenLinksAsync();
        var page = tab.Page;

        await page.Keyboard.PressAsync("/");
        await Assertions.Expect(page.GetByRole(AriaRole.Searchbox)).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("c");
        await Assertions.Expect(page.GetByRole(AriaRole.Searchbox)).ToHaveValueAsync("c");
        await page.WaitForURLAsync("**q=c*");

        await page.Locator("h1").ClickAsync();
        await page.Keyboard.PressAsync("c");
        await page.WaitForURLAsync("**/links/new");
        await page.Keyboard.PressAsync("Escape");
        await page.WaitForURLAsync("**q=c*");
        await Assertions.Expect(page.Locator("dialog[open]")).ToHaveCountAsync(0);

        await page.Keyboard.PressAsync("?");
        await page.GetByLabel("Use keyboard shortcuts").UncheckAsync();
        await page.Keyboard.PressAsync("c");
        await page.Keyboard.PressAsync("Escape");
        foreach (var key in (string[])["?", "c", "Control+k"])
        {
            await page.Keyboard.PressAsync(key);
        }

        await Assertions.Expect(page.Locator("dialog[open]")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator(".side kbd").First).ToBeHiddenAsync();
        Assert.Contains("q=c", page.Url, StringComparison.Ordinal);

        await tab.HasNoErrorsAsync();
    }

    [Fact]
    public async Task Menu_ClosesByEscapeAndByAClickOutside()
    {
        await using var tab = await OpenLinksAsync();
        var menu = tab.Page.Locator("details.account");

        await menu.Locator("summary").ClickAsync();
        await Assertions.Expect(menu).ToHaveAttributeAsync("open", "");
        await tab.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(menu).Not.ToHaveAttributeAsync("open", "");
        await Assertions.Expect(menu.Locator("summary")).ToBeFocusedAsync();

        await menu.Locator("summary").ClickAsync();
        await tab.Page.Locator("h1").ClickAsync();
        await Assertions.Expect(menu).Not.ToHaveAttributeAsync("open", "");

        await tab.HasNoErrorsAsync();
    }

    [Fact]
    public async Task Rows_AreSelectedTogetherAndCopied()
    {
        await using var tab = await OpenLinksAsync(links: 3);
        var page = tab.Page;
        var rows = page.Locator("[data-select]");
        await Assertions.Expect(page.Locator("[data-bulk-bar]")).ToBeHiddenAsync();

        await rows.Nth(0).ClickAsync();
        await rows.Nth(2).ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        await Assertions.Expect(page.Locator("[data-selected-count]")).ToHaveTextAsync("3");
        await Assertions.Expect(page.Locator("[data-select-all]")).ToBeCheckedAsync();
        await page.Locator("[data-select-all]").ClickAsync();
        await Assertions.Expect(page.Locator("[data-bulk-bar]")).ToBeHiddenAsync();

        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        var copy = page.Locator("td [data-copy], th [data-copy]").First;
        await copy.ClickAsync();
        await Assertions.Expect(copy).ToHaveAttributeAsync("data-copied", "");
        Assert.Equal(await copy.GetAttributeAsync("data-copy"), await page.EvaluateAsync<string>("() => navigator.clipboard.readText()"));

        await tab.HasNoErrorsAsync();
    }

    /// <summary>A browser without the function shows no button.</summary>
    [Fact]
    public async Task Share_PassesTheShortLinkToTheDevice()
    {
        await using var tab = await OpenLinksAsync(links: 1);
        var page = tab.Page;
        await page.AddInitScriptAsync("navigator.share = undefined");
        await page.Locator("tbody a[href*='/links/']").First.ClickAsync();
        var share = page.Locator("[data-share]");
        await Assertions.Expect(share).ToHaveCountAsync(1);
        await Assertions.Expect(share).ToBeHiddenAsync();

        await page.AddInitScriptAsync(
            "navigator.share = data => { document.title = data.url; return Promise.reject(new DOMException('', 'AbortError')); }");
        await page.ReloadAsync();
        await share.ClickAsync();

        await Assertions.Expect(page).ToHaveTitleAsync((await share.GetAttributeAsync("data-share"))!);
        await tab.HasNoErrorsAsync();
    }

    private async Task<BrowserTab> OpenLinksAsync(int links = 0)
    {
        var owner = await service.NewOwnedWorkspaceAsync();
        using var client = await DashboardClient.SignInAsync(service.Application, owner.Email);
        for (var index = 0; index < links; index++)
        {
            using var created = await client.PostAsync($"/dashboard/{owner.WorkspaceId}/links/new", ("url", $"https://example.com/{index}"));
        }

        var tab = await browser.OpenAsync(service.Application, owner.Email);
        await tab.GoAsync($"/dashboard/{owner.WorkspaceId}/links");
        return tab;
    }
}
