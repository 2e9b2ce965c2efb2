using System.Text.RegularExpressions;
using Microsoft.Playwright;
using XQr.Dashboard.Tests.Links;
using XQr.Dashboard.Tests.Screens;
using XQr.Testing;

namespace XQr.Dashboard.Tests.Browser;

/// <summary>The keyboard shortcuts, each of which the dialog of shortcuts lists.</summary>
public sealed class ShortcutTests(ServiceFixture service, BrowserFixture browser)
{
    private static readonly string[] OtherKeys = ["Ctrl K", "/", "C", "?", "Esc", "J", "K", "Enter", "X", "E", "Q"];

    [Fact]
    public async Task Dialog_ListsAllKeysAndALetterForEachPageOfTheNavigation()
    {
        var site = await LinkSite.OpenAsync(service);
        await using var tab = await browser.OpenAsync(service.Application, site.Email);
        var page = tab.Page;
        await tab.GoAsync(Paths.Of(site.WorkspaceId, "settings/general"));
        var letters = await page.EvalOnSelectorAllAsync<string[][]>(
            "[data-go]:not([data-go=''])", "links => links.map(link => [`G ${link.dataset.go.toUpperCase()}`, link.getAttribute('href')])");
        var navigation = await page.EvalOnSelectorAllAsync<string[]>(".nav a", "links => links.map(link => link.getAttribute('href'))");

        Assert.Subset(letters.Select(letter => letter[1]).ToHashSet(), navigation.ToHashSet());
        await page.Keyboard.PressAsync("?");
        var listed = await page.Locator("#shortcuts dt").AllInnerTextsAsync();
        Assert.Equal(OtherKeys.Concat(letters.Select(letter => letter[0])), listed);
        Assert.Empty(await Axe.FindAsync(page, Look.Light));
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("#shortcuts")).ToBeHiddenAsync();

        foreach (var letter in letters)
        {
            await page.Keyboard.PressAsync("g");
            await page.Keyboard.PressAsync(letter[0][2..].ToLowerInvariant());
            await page.WaitForURLAsync($"**{letter[1]}");
        }

        await tab.HasNoErrorsAsync();
    }

    [Fact]
    public async Task Rows_AreWalkedSelectedAndOpened()
    {
        var site = await LinkSite.OpenAsync(service);
        var ids = new string[3];
        for (var index = ids.Length - 1; index >= 0; index--)
        {
            ids[index] = (await site.Api.NewLinkAsync()).Text("id");
        }

        await using var tab = await browser.OpenAsync(service.Application, site.Email);
        var page = tab.Page;
        await tab.GoAsync(site.Path);
        var rows = page.Locator("tbody th a");
        await PressAsync("j", "j", "j", "j");
        await Assertions.Expect(rows.Nth(2)).ToBeFocusedAsync();
        await PressAsync("k");
        await Assertions.Expect(rows.Nth(1)).ToBeFocusedAsync();

        await PressAsync("x");
        await Assertions.Expect(page.Locator("[data-selected-count]")).ToHaveTextAsync("1");
        await Assertions.Expect(page.Locator("tr:has(a:focus) [data-select]")).ToBeCheckedAsync();
        await PressAsync("Escape");
        await Assertions.Expect(page.Locator("[data-bulk-bar]")).ToBeHiddenAsync();
        await Assertions.Expect(rows.Nth(1)).ToBeFocusedAsync();
        await PressAsync("Escape", "k");
        await Assertions.Expect(rows.Nth(0)).ToBeFocusedAsync();

        await PressAsync("e");
        await ExpectPathAsync($"{ids[0]}/edit");
        await tab.GoAsync(site.Path);
        await PressAsync("j", "j", "q");
        await ExpectPathAsync($"{ids[1]}#qr");
        await tab.GoAsync(site.Path);
        await PressAsync("j", "Enter");
        await ExpectPathAsync(ids[0]);

        // The keys also work on the page of a link.
        await PressAsync("q");
        await Assertions.Expect(page.Locator("#qr")).ToBeFocusedAsync();
        await PressAsync("e");
        await ExpectPathAsync($"{ids[0]}/edit");
        await tab.HasNoErrorsAsync();

        async Task PressAsync(params string[] keys)
        {
            foreach (var key in keys)
            {
                await page.Keyboard.PressAsync(key);
            }
        }

        Task ExpectPathAsync(string end) => Assertions.Expect(page).ToHaveURLAsync(new Regex($"/links/{end}$"));
    }
}
