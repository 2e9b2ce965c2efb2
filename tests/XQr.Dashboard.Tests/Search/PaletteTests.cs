using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using XQr.Dashboard.Tests.Browser;
using XQr.Dashboard.Tests.Links;
using XQr.Dashboard.Tests.Screens;
using XQr.Testing;

namespace XQr.Dashboard.Tests.Search;

/// <summary>Tests the search of the frame in a browser.</summary>
public sealed partial class PaletteTests(ServiceFixture service, BrowserFixture browser)
{
    private static readonly Look[] Looks = [Look.Light, Look.Dark, Look.DarkPhone, Look.Phone];

    [Fact]
    public async Task Keyboard_FindsAndOpensALink()
    {
        var site = await LinkSite.OpenAsync(service);
        var id = (await site.Api.NewLinkAsync("""{"url":"https://example.com/members-evening"}""")).Text("id");
        await using var tab = await browser.OpenAsync(service.Application, site.Email);
        var (page, keyboard) = (tab.Page, tab.Page.Keyboard);
        await tab.GoAsync(site.Path);
        await page.Locator("#q").FocusAsync();

        // The keys are pressed in a field. Typing does not wait until the script is loaded.
        await keyboard.PressAsync("Control+k");
        await keyboard.TypeAsync("member");
        await Assertions.Expect(Input(page)).ToHaveValueAsync("member");
        await Assertions.Expect(Status(page)).ToHaveTextAsync("3 results");
        await Assertions.Expect(Active(page)).ToHaveTextAsync(new Regex("Invite a member"));
        await keyboard.PressAsync("ArrowDown");
        await keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(Active(page)).ToContainTextAsync("members-evening");
        Assert.Equal(await Active(page).GetAttributeAsync("id"), await Input(page).GetAttributeAsync("aria-activedescendant"));
        await ExpectNoFaultsAsync(tab);

        await keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("#palette")).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator("#q")).ToBeFocusedAsync();

        await keyboard.PressAsync("Control+k");
        await Assertions.Expect(Input(page)).ToHaveValueAsync("");
        await ExpectNoFaultsAsync(tab);
        await keyboard.TypeAsync("nothing-has-this");
        await Assertions.Expect(Status(page)).ToHaveTextAsync("Nothing found.");
        await Assertions.Expect(Input(page)).ToHaveAttributeAsync("aria-expanded", "false");
        await ExpectNoFaultsAsync(tab);

        await Input(page).FillAsync("evening");
        await Assertions.Expect(Active(page)).ToContainTextAsync("members-evening");
        await keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex($"/links/{id}$"));
        await tab.HasNoErrorsAsync();
    }

    [Fact]
    public async Task Typing_SendsOneRequestForEachPauseAndCancelsTheOneBefore()
    {
        var site = await LinkSite.OpenAsync(service);
        await site.Api.NewLinkAsync("""{"url":"https://example.com/apples"}""");
        await using var tab = await browser.OpenAsync(service.Application, site.Email);
        var page = tab.Page;
        var requests = new ConcurrentQueue<string>();
        page.Request += (_, request) =>
        {
            if (ScriptOrSearch().IsMatch(request.Url))
            {
                requests.Enqueue(request.Url);
            }
        };
        TaskCompletionSource held = new(), cancelled = new();
        await page.RouteAsync(HeldSearch(), _ => held.SetResult());
        page.RequestFailed += (_, request) => _ = HeldSearch().IsMatch(request.Url) && cancelled.TrySetResult();
        await page.Clock.InstallAsync();
        await tab.GoAsync(site.Path);
        requests.Clear();

        // The control does the same as the keys. The script is the only request of the first opening.
        await page.GetByRole(AriaRole.Link, new() { Name = "Search", Exact = true }).ClickAsync();
        await Assertions.Expect(Input(page)).ToBeFocusedAsync();
        await Assertions.Expect(Input(page)).ToHaveAttributeAsync("aria-activedescendant", "");
        Assert.EndsWith("/palette.js", Assert.Single(requests), StringComparison.Ordinal);

        await page.Clock.PauseAtAsync(DateTime.UtcNow.AddHours(1));
        await page.Keyboard.TypeAsync("app");
        Assert.Single(requests);
        await page.Clock.RunForAsync(1000);
        await held.Task;
        await page.Keyboard.TypeAsync("les");
        await cancelled.Task;
        await page.Clock.RunForAsync(1000);

        await Assertions.Expect(Status(page)).ToHaveTextAsync("1 result");
        Assert.Equal(["?q=app", "?q=apples"], requests.Skip(1).Select(url => new Uri(url).Query));
        await page.GetByRole(AriaRole.Option).Filter(new() { HasText = "apples" }).ClickAsync();
        await page.WaitForURLAsync("**/links/*-*");
        await tab.HasNoErrorsAsync();
    }

    internal static ILocator Input(IPage page) => page.GetByRole(AriaRole.Combobox, new() { Name = "Search links, pages and commands" });

    internal static ILocator Status(IPage page) => page.Locator("#palette [role=status]");

    private static ILocator Active(IPage page) => page.Locator("#palette [aria-selected=true]");

    private static async Task ExpectNoFaultsAsync(BrowserTab tab)
    {
        List<string> faults = [];
        foreach (var look in Looks)
        {
            await tab.ShowAsync(look);
            faults.AddRange(await Axe.FindAsync(tab.Page, look));
            faults.AddRange(await tab.TooWideAsync());
        }

        await tab.ShowAsync(Look.Light);
        Assert.Empty(faults);
    }

    [GeneratedRegex(@"\.js$|/search\?")]
    private static partial Regex ScriptOrSearch();

    [GeneratedRegex(@"search\?q=app$")]
    private static partial Regex HeldSearch();
}
