using Microsoft.Playwright;
using XQr.Dashboard.Tests.Browser;
using XQr.Testing;

namespace XQr.Dashboard.Tests.Screens;

/// <summary>Checks every screen in each of its states, in light and dark, on a wide screen and on a phone.</summary>
public sealed class ScreenTests(ServiceFixture service, BrowserFixture browser, ScreenWorkspaces workspaces) : IClassFixture<ScreenWorkspaces>
{
    private static readonly Look[] Looks = [Look.Light, Look.Dark, Look.DarkPhone, Look.Phone];

    public static TheoryData<string, string, int> Screens => new()
    {
        { "visitor", "/dashboard", 200 },
        { "visitor", "/dashboard/no/such/page", 404 },
        { "empty", "", 200 },
        { "empty", "/links", 200 },
        { "empty", "/settings/developers", 200 },
        { "full", "", 200 },
        { "full", "/links", 200 },
        { "full", "/links?q=nothing-has-this", 200 },
        { "full", "/links/new", 200 },
        { "full", "/{link}", 200 },
        { "full", "/{link}/edit", 200 },
        { "full", "/{link}/delete", 200 },
        { "full", "/links/bulk/labels?ids={id}", 200 },
        { "full", "/links/bulk/delete?ids={id}", 200 },
        { "full", "/links/no-such-link", 404 },
        { "full", "/settings/general", 200 },
        { "full", "/settings/usage", 200 },
        { "full", "/settings/audit", 200 },
        { "full", "/settings/members", 200 },
        { "full", "/settings/developers", 200 },
        { "member", "", 200 },
        { "member", "/settings/general", 200 },
        { "member", "/settings/members", 200 },
        { "member", "/settings/developers", 200 },
        { "full", "/{member}", 200 },
        { "full", "/{member}/remove", 200 },
        { "full", "/{key}", 200 },
        { "member", "/links/new", 200 },
        { "member", "/settings/members/new", 403 },
        { "limited", "/settings/developers", 200 },
        { "limited", "/settings/usage", 200 },
    };

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task Screen_AccessibleWithinThePolicyAndNotTooWide(string state, string path, int status)
    {
        var (email, address) = await workspaces.FindAsync(state, path);
        await using var tab = await browser.OpenAsync(service.Application, email);
        await tab.GoAsync(address, status);

        // A chart has its table open and the last day selected.
        await tab.Page.EvaluateAsync("() => document.querySelectorAll('.chart summary, .days :last-child > input').forEach(part => part.click())");

        await CheckAsync(tab);
    }

    [Theory]
    [InlineData("/links/new", "url", "no address", 400)]
    [InlineData("/links/bulk/expiry?ids={id}", "'set.expires_at'", "1969-12-31T12:00", 400)]
    [InlineData("/settings/general", "name", "", 400)]
    [InlineData("/settings/developers/new", "name", "Website", 200)]
    [InlineData("/settings/members/new", "email", "no address", 400)]
    public async Task SentForm_AccessibleWithinThePolicyAndNotTooWide(string path, string field, string text, int status)
    {
        var (email, address) = await workspaces.FindAsync("full", path);
        await using var tab = await browser.OpenAsync(service.Application, email);
        await tab.GoAsync(address);
        await tab.Page.Locator($"[name={field}]").FillAsync(text);

        // The browser would refuse some of the texts itself. The next page is not busy.
        await tab.Page.EvaluateAsync(
            "() => document.querySelector('main form[method=post]').noValidate = document.documentElement.ariaBusy = true");
        var response = await tab.Page.RunAndWaitForResponseAsync(
            () => tab.Page.Locator($"[name={field}]").PressAsync("Enter"), response => response.Request.Method == "POST");
        await tab.Page.Locator("html:not([aria-busy])").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await tab.Page.EvaluateAsync(
            "() => document.readyState === 'complete' || new Promise(load => addEventListener('load', () => load()))");

        Assert.Equal(status, response.Status);
        await CheckAsync(tab);
    }

    /// <summary>Without this test, the one above would also pass if axe looked at nothing.</summary>
    [Fact]
    public async Task FaultyPage_IsFound()
    {
        await using var tab = await browser.OpenAsync(service.Application.Address, Look.Phone);
        await tab.Page.SetContentAsync("""<!doctype html><html lang="en"><title>t</title><main><h1>h</h1><input><hr width="999"></main>""");

        Assert.Contains(await Axe.FindAsync(tab.Page, Look.Phone), fault => fault.StartsWith("label (", StringComparison.Ordinal));
        Assert.NotEmpty(await tab.TooWideAsync());
    }

    private static async Task CheckAsync(BrowserTab tab)
    {
        List<string> faults = [];
        foreach (var look in Looks)
        {
            await tab.ShowAsync(look);
            faults.AddRange(from fault in await Axe.FindAsync(tab.Page, look) select $"{look}: {fault}");
            faults.AddRange(from element in await tab.TooWideAsync() select $"{look}: scrolls sideways because of {element}");
        }

        Assert.True(faults is [], string.Join('\n', faults));
        await tab.HasNoErrorsAsync();
    }
}
