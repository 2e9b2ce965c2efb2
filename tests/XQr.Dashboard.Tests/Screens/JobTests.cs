using System.Text.RegularExpressions;
using Microsoft.Playwright;
using XQr.Dashboard.Tests.Browser;
using XQr.Dashboard.Tests.Search;
using XQr.Testing;
using XQr.Testing.Storage;

namespace XQr.Dashboard.Tests.Screens;

/// <summary>The main jobs in a browser: without scripts, by keyboard alone, with partial updates, and while storage is down.</summary>
public sealed partial class JobTests(ServiceFixture service, BrowserFixture browser)
{
    [Fact]
    public async Task Link_CreatedAndFoundWithoutScripts()
    {
        var owner = await service.NewOwnedWorkspaceAsync();
        await using var tab = await browser.OpenAsync(service.Application, owner.Email, scripts: false);
        await tab.GoAsync(Paths.Of(owner.WorkspaceId, "links"));
        await tab.Page.Locator(".page-head .btn-primary").ClickAsync();

        // A refused form keeps its content, and says at the field what is wrong.
        var url = tab.Page.Locator("[name=url]");
        await tab.Page.Locator("[name=custom_slug]").FillAsync("a b");
        await url.FillAsync("https://example.com/without-scripts");
        await url.PressAsync("Enter");
        await Assertions.Expect(tab.Page.Locator("[name=custom_slug]")).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(url).ToHaveValueAsync("https://example.com/without-scripts");

        await tab.Page.Locator("[name=custom_slug]").FillAsync($"s-{Guid.NewGuid():N}");
        await url.PressAsync("Enter");
        await Assertions.Expect(tab.Page).ToHaveURLAsync(LinkUrl());
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Search", Exact = true }).ClickAsync();
        await Assertions.Expect(tab.Page.Locator("#q")).ToBeFocusedAsync();
        await tab.Page.Keyboard.TypeAsync("without-scripts");
        await tab.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(tab.Page).ToHaveURLAsync(new Regex("[?&]q=without-scripts"));
        await Assertions.Expect(tab.Page.Locator("#results")).ToContainTextAsync("example.com/without-scripts");
    }

    [Fact]
    public async Task Link_CreatedByKeyboardAlone()
    {
        var owner = await service.NewOwnedWorkspaceAsync();
        await using var tab = await browser.OpenAsync(service.Application, owner.Email);
        var keyboard = tab.Page.Keyboard;
        await tab.GoAsync(Paths.Of(owner.WorkspaceId, "links"));

        await keyboard.PressAsync("Tab");
        await Assertions.Expect(tab.Page.Locator(".skip")).ToBeFocusedAsync();
        await keyboard.PressAsync("Enter");
        await Assertions.Expect(tab.Page.Locator("#main")).ToBeFocusedAsync();

        await keyboard.PressAsync("c");
        var url = tab.Page.Locator("[name=url]");
        await Assertions.Expect(url).ToBeFocusedAsync();
        await keyboard.TypeAsync("https://example.com/by-keyboard");
        await keyboard.PressAsync("Tab");
        await Assertions.Expect(tab.Page.Locator("[name=custom_slug]")).ToBeFocusedAsync();
        await keyboard.PressAsync("Enter");

        await Assertions.Expect(tab.Page).ToHaveURLAsync(LinkUrl());
        await tab.HasNoErrorsAsync();
    }

    [Fact]
    public async Task Search_UpdatesTheResultsWhileTyping()
    {
        var owner = await service.NewOwnedWorkspaceAsync();
        using var client = service.Application.NewClient(await service.Application.NewKeyAsync(owner.WorkspaceId));
        await client.NewLinkAsync("""{"url":"https://example.com/apples"}""");
        await client.NewLinkAsync("""{"url":"https://example.com/pears"}""");
        await using var tab = await browser.OpenAsync(service.Application, owner.Email);
        await tab.GoAsync(Paths.Of(owner.WorkspaceId, "links"));
        await tab.Page.EvaluateAsync("() => window.isSamePage = true");

        await tab.Page.Keyboard.PressAsync("/");
        await tab.Page.Keyboard.TypeAsync("pears");

        await Assertions.Expect(tab.Page.Locator("#results")).Not.ToContainTextAsync("apples");
        await Assertions.Expect(tab.Page.Locator("#results")).ToContainTextAsync("pears");
        await Assertions.Expect(tab.Page).ToHaveURLAsync(new Regex("[?&]q=pears"));
        Assert.True(await tab.Page.EvaluateAsync<bool>("() => window.isSamePage"));
        await tab.HasNoErrorsAsync();
    }

    [Fact]
    public async Task Motion_NoneForPeopleWhoWantNone()
    {
        var owner = await service.NewOwnedWorkspaceAsync();
        await using var tab = await browser.OpenAsync(service.Application, owner.Email);
        await tab.GoAsync(Paths.Of(owner.WorkspaceId, "links"));
        Assert.Equal(0, await MovingAsync());

        await tab.Page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.NoPreference });
        Assert.NotEqual(0, await MovingAsync());

        Task<int> MovingAsync() => tab.Page.EvaluateAsync<int>(
            """
            () => [...document.querySelectorAll('*')].filter(element => {
              const style = getComputedStyle(element);
              return [style.transitionDuration, style.animationDuration].some(times => times.split(',').some(time => parseFloat(time) > 0.01));
            }).length
            """);
    }

    [Fact]
    public async Task StorageDown_PageThatComesBackByItself()
    {
        await using var gate = new StorageGate(service.ConnectionString);
        await using var application = await XQrApplication.StartAsync(gate.ConnectionString, service.Issuer.Settings);
        var owner = await service.NewOwnedWorkspaceAsync();
        await using var tab = await browser.OpenAsync(application, owner.Email, Look.Phone);
        var address = Paths.Of(owner.WorkspaceId, "links");
        await tab.Page.Clock.InstallAsync();
        await tab.GoAsync(address);

        // The search says it, keeps the text, and tries again.
        gate.Close(hangs: false);
        await tab.Page.Keyboard.PressAsync("/");
        await tab.Page.Keyboard.PressAsync("Control+k");
        await tab.Page.Keyboard.TypeAsync("nothing-has-this");
        await Assertions.Expect(PaletteTests.Status(tab.Page)).ToContainTextAsync("does not respond");
        gate.Open();
        await tab.Page.Clock.FastForwardAsync(10_000);
        await Assertions.Expect(PaletteTests.Status(tab.Page)).ToHaveTextAsync("Nothing found.");
        await Assertions.Expect(PaletteTests.Input(tab.Page)).ToHaveValueAsync("nothing-has-this");

        gate.Close(hangs: false);
        await tab.GoAsync(address, status: 503);
        Assert.Empty(await Axe.FindAsync(tab.Page, Look.Phone));
        Assert.Empty(await tab.TooWideAsync());

        gate.Open();
        await Assertions.Expect(tab.Page.Locator("#results")).ToBeVisibleAsync();
    }

    [GeneratedRegex("/links/[0-9a-f-]{36}")]
    private static partial Regex LinkUrl();
}
