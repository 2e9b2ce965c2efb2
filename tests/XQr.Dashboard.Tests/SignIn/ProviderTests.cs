using System.Net;
using Microsoft.Extensions.Hosting;
using XQr.Testing;

namespace XQr.Dashboard.Tests.SignIn;

/// <summary>Providers that are missing, down or far away, and the settings of the sign-in.</summary>
public sealed class ProviderTests(ServiceFixture service)
{
    [Theory]
    [InlineData("Xqr:Auth:ClientId", "")]
    [InlineData("Xqr:Auth:Authority", "")]
    public async Task NoProvider_PageThatNamesTheSettings(string setting, string value)
    {
        await using var application = await service.StartAnotherAsync(new Dictionary<string, string?> { [setting] = value });
        using var browser = new DashboardClient(application);

        await ShowsAsync(await browser.GetAsync("/dashboard/sign-in"), HttpStatusCode.NotFound, SignInTexts.NoProviderTitle);
        await ShowsAsync(await browser.GetAsync("/dashboard/sign-in/callback?code=1"), HttpStatusCode.NotFound, SignInTexts.NoProviderTitle);
    }

    [Fact]
    public async Task HttpAddress_PageThatNamesTheSetting()
    {
        await using var application = await service.StartAnotherAsync(
            new Dictionary<string, string?> { ["Xqr:PublicBaseUrl"] = "http://xqr.test" });
        using var browser = new DashboardClient(application);

        await ShowsAsync(await browser.GetAsync("/dashboard/sign-in"), HttpStatusCode.Forbidden, SignInTexts.InsecureTitle);
    }

    [Fact]
    public async Task ProviderDown_PageWithTryAgain()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var application = await service.StartAnotherAsync(issuer.Settings);
        using var browser = new DashboardClient(application);
        issuer.ErrorStatus = 500;
        var page = await ShowsAsync(
            await browser.GetAsync("/dashboard/sign-in"), HttpStatusCode.ServiceUnavailable, SignInTexts.ProviderDownTitle);
        Assert.Contains("href=\"https://xqr.test/dashboard/sign-in\"", page, StringComparison.Ordinal);

        issuer.ErrorStatus = 0;
        using var begun = await browser.GetAsync("/dashboard/sign-in");
        Assert.Equal(HttpStatusCode.Found, begun.StatusCode);
    }

    [Fact]
    public async Task ProviderDownAtTheToken_PageWithTryAgain()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var application = await service.StartAnotherAsync(issuer.Settings);
        var flow = await SignInFlow.BeginAsync(application);
        issuer.ErrorStatus = 500;
        using var response = await flow.ReturnAsync(issuer.NewGrant(""));

        Assert.NotEqual(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Contains("/dashboard/sign-in", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("__Host-xqr", flow.Browser.Cookies);
    }

    [Fact]
    public async Task ClientSecret_SentToTheProvider()
    {
        await using var application = await service.StartAnotherAsync(
            new Dictionary<string, string?> { ["Xqr:Auth:ClientSecret"] = "secret-of-the-client" });
        var flow = await SignInFlow.BeginAsync(application);
        var grant = service.Issuer.NewGrant(service.Issuer.Sign(flow.Claims(service.Issuer, "ada@example.com")));
        using var response = await flow.ReturnAsync(grant);

        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.Equal("secret-of-the-client", grant.Request!["client_secret"]);
    }

    /// <summary>A redirect and a call of the API read no session, whatever cookies the browser sends.</summary>
    [Fact]
    public async Task OtherPaths_NoSession()
    {
        using var signedIn = await DashboardClient.SignInAsync(service.Application, "ada@example.com");
        await using var application = await service.StartAnotherAsync();
        using var browser = new DashboardClient(application);
        foreach (var (name, value) in signedIn.Cookies)
        {
            browser.Cookies[name] = value;
        }

        var calls = await application.Calls.DuringAsync(async () =>
        {
            foreach (var path in (string[])["/api/v1/links", "/abc", "/health", "/dashboard/assets/0/none.css", "/dashboard/sign-out/callback"])
            {
                using var response = await browser.GetAsync(path);
            }
        });

        Assert.DoesNotContain(calls, call => call.IsOf("Sessions") || call.IsOf("data-protection"));
        Assert.DoesNotContain(
            application.Service<IEnumerable<IHostedService>>(),
            atStart => atStart.GetType().FullName!.Contains("DataProtection", StringComparison.Ordinal));
    }

    private static async Task<string> ShowsAsync(HttpResponseMessage response, HttpStatusCode status, string title)
    {
        Assert.Equal(status, response.StatusCode);
        var page = await response.Content.ReadAsStringAsync();
        Assert.Contains($"<h1>{title}</h1>", page, StringComparison.Ordinal);
        return page;
    }
}
