using Microsoft.Playwright;
using XQr.Dashboard.Tests.Browser;
using XQr.Testing;

namespace XQr.Dashboard.Tests.Screens;

internal static class SignedInTabs
{
    /// <summary>Opens a tab in which a person is signed in; no person for a visitor.</summary>
    public static async Task<BrowserTab> OpenAsync(
        this BrowserFixture browser, XQrApplication application, string? email, Look? look = null, bool scripts = true, string? name = null)
    {
        var tab = await browser.OpenAsync(application.Address, look, scripts);
        if (email is not null)
        {
            using var client = await DashboardClient.SignInAsync(application, email, name: name);
            await tab.Page.Context.AddCookiesAsync(client.Cookies.Select(cookie => new Cookie
            {
                Name = cookie.Key,
                Value = cookie.Value,
                // A browser also sends secure cookies to the loopback address.
                Url = new UriBuilder(application.Address) { Scheme = "https" }.ToString(),
                Secure = true,
                HttpOnly = true,
                SameSite = SameSiteAttribute.Lax,
            }));
        }

        return tab;
    }
}
