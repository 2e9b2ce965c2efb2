using Microsoft.Playwright;
using XQr.Api.Tenancy;
using XQr.Dashboard.Tests.Browser;
using XQr.Dashboard.Tests.Screens;
using XQr.Testing;
using XQr.Testing.Secrets;

namespace XQr.Dashboard.Tests.Settings;

/// <summary>A person's way through the pages of keys and members in a browser. Each page on the way is accessible, and none is too wide.</summary>
public sealed class SettingsScreenTests(ServiceFixture service, BrowserFixture browser)
{
    private static readonly Look[] Looks = [Look.Light, Look.Dark, Look.Phone];

    private readonly List<string> faults = [];

    [Fact]
    public async Task Key_CreatedReplacedAndRevoked()
    {
        var owner = await service.NewOwnedWorkspaceAsync(Plan.Pro);
        await using var tab = await browser.OpenAsync(service.Application, owner.Email);
        await tab.GoAsync(Paths.Of(owner.WorkspaceId, "settings/developers"));
        await CheckAsync(tab, "empty list");

        await tab.Page.Locator(".page-head .btn-primary").ClickAsync();
        await Assertions.Expect(tab.Page.Locator(".key-custom")).ToBeHiddenAsync();
        await tab.Page.Locator("[value=custom]").CheckAsync();
        await tab.Page.Locator("[name=expiry]").SelectOptionAsync("date");
        await Assertions.Expect(tab.Page.Locator(".key-custom")).ToBeVisibleAsync();
        await tab.Page.Locator("[name=name]").FillAsync("Shop");
        await SubmitAsync(tab, "/new");
        await Assertions.Expect(tab.Page.Locator("#field-scopes-error")).ToBeVisibleAsync();
        await Assertions.Expect(tab.Page.Locator(".alert-error")).ToBeFocusedAsync();
        await CheckAsync(tab, "form with errors");

        await tab.Page.Locator("[value='links:read']").CheckAsync();
        await tab.Page.Locator("[name=expiry]").SelectOptionAsync("30");
        await SubmitAsync(tab, "/new");
        LogWatch.Shared.AddCredential(await tab.Page.Locator("#secret").InnerTextAsync());
        await CheckAsync(tab, "new key");

        await tab.Page.ReloadAsync();
        await Assertions.Expect(tab.Page.Locator(".alert-warn")).ToContainTextAsync("sent twice");
        await Assertions.Expect(tab.Page.Locator("#secret")).ToHaveCountAsync(0);
        await CheckAsync(tab, "page of the key");

        await tab.GoAsync(new Uri(tab.Page.Url).AbsolutePath);
        await SubmitAsync(tab, "/rotate");
        LogWatch.Shared.AddCredential(await tab.Page.Locator("#secret").InnerTextAsync());
        await tab.GoAsync(Paths.Of(owner.WorkspaceId, "settings/developers"));
        await CheckAsync(tab, "list with a replaced key");

        await tab.Page.Locator("tbody a").First.ClickAsync();
        var label = await tab.Page.Locator("label[for=field-prefix]").InnerTextAsync();
        await tab.Page.Locator("[name=prefix]").FillAsync(label.Split(' ')[1]);
        await SubmitAsync(tab, "/revoke");
        await Assertions.Expect(tab.Page.Locator(".alert-ok")).ToBeVisibleAsync();
        await CheckAsync(tab, "list with a revoked key");

        Assert.True(faults is [], string.Join('\n', faults));
        await tab.HasNoErrorsAsync();
    }

    /// <summary>Which of the two responses a browser shows is its own decision. The person gets a key that works either way.</summary>
    [Fact]
    public async Task KeyByDoubleClickWithoutScripts_ShownAfterOneClickMoreAtMost()
    {
        var owner = await service.NewOwnedWorkspaceAsync(Plan.Pro);
        await using var tab = await browser.OpenAsync(service.Application, owner.Email, scripts: false);
        await tab.GoAsync(Paths.Of(owner.WorkspaceId, "settings/developers/new"));
        await tab.Page.Locator("[name=name]").FillAsync("Shop");

        await tab.Page.Locator("form[action$='/new'] .btn-primary").DblClickAsync();
        var (secret, offer) = (tab.Page.Locator("#secret"), tab.Page.Locator("form[action$='/rotate'] .btn-primary"));
        await Assertions.Expect(secret.Or(offer)).ToBeVisibleAsync();
        if (await offer.IsVisibleAsync())
        {
            await offer.ClickAsync();
        }

        var key = await secret.InnerTextAsync();
        LogWatch.Shared.AddCredential(key);
        using var links = await service.GetAsync(key, "/api/v1/links");
        Assert.True(links.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Member_InvitedAndRemoved()
    {
        var owner = await service.NewOwnedWorkspaceAsync();
        await using var tab = await browser.OpenAsync(service.Application, owner.Email);
        await tab.GoAsync(Paths.Of(owner.WorkspaceId, "settings/members"));

        await tab.Page.Locator(".page-head .btn-primary").ClickAsync();
        await CheckAsync(tab, "form of an invitation");
        await tab.Page.Locator("[name=email]").FillAsync("ada@example.com");
        await SubmitAsync(tab, "/new");
        await CheckAsync(tab, "page of an invitation");

        await tab.GoAsync(Paths.Of(owner.WorkspaceId, "settings/members"));
        await CheckAsync(tab, "list");
        await tab.Page.Locator("tbody a").First.ClickAsync();
        await tab.Page.Locator(".btn-danger").ClickAsync();
        await CheckAsync(tab, "confirmation");
        await SubmitAsync(tab, "/remove");
        await Assertions.Expect(tab.Page.Locator("tbody tr")).ToHaveCountAsync(1);

        Assert.True(faults is [], string.Join('\n', faults));
        await tab.HasNoErrorsAsync();
    }

    private async Task CheckAsync(BrowserTab tab, string page)
    {
        foreach (var look in Looks)
        {
            await tab.ShowAsync(look);
            faults.AddRange(from fault in await Axe.FindAsync(tab.Page, look) select $"{page}, {look}: {fault}");
            faults.AddRange(from element in await tab.TooWideAsync() select $"{page}, {look}: scrolls sideways because of {element}");
        }

        await tab.ShowAsync(Look.Light);
    }

    /// <summary>Sends the form whose action ends with a text.</summary>
    private static Task SubmitAsync(BrowserTab tab, string action) =>
        tab.Page.Locator($"form[action$='{action}'] .form-actions button").ClickAsync();
}
