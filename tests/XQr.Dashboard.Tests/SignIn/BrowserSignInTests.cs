using XQr.Dashboard.Tests.Browser;
using XQr.Testing;

namespace XQr.Dashboard.Tests.SignIn;

/// <summary>The way to the provider and back in a browser, whose policy refuses forms that lead to another site.</summary>
public sealed class BrowserSignInTests(ServiceFixture service, BrowserFixture browser)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SignInAndOut_NoViolationOfThePolicy(bool scripts)
    {
        var email = $"{Guid.NewGuid():N}@example.com";
        await using var provider = await OpenIddictProvider.StartAsync(email);
        var settings = provider.Settings;
        settings["Xqr:PublicBaseUrl"] = "";
        await using var application = await service.StartAnotherAsync(settings);
        var workspaceId = await Memberships.InviteAsync(application, email);
        await using var tab = await browser.OpenAsync(application.Address, scripts: scripts);

        await tab.GoAsync($"/dashboard/{workspaceId}/links");
        Assert.EndsWith($"/dashboard/{workspaceId}/links", tab.Page.Url, StringComparison.Ordinal);
        await tab.Page.EvaluateAsync("() => document.querySelector('form[action=\"/dashboard/sign-out\"]').submit()");
        await tab.Page.WaitForURLAsync("**/dashboard/sign-out/callback");

        Assert.Equal($"subject of {email}", Assert.Single(provider.SignedOut));
        await tab.HasNoErrorsAsync();
    }
}
