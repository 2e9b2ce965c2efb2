using XQr.Testing;

namespace XQr.Dashboard.Tests.Browser;

public sealed class BrowserTests(ServiceFixture service, BrowserFixture browser)
{
    [Fact]
    public async Task UnknownPage_ItsMessageAndNoErrorOfScripts()
    {
        await using var tab = await browser.OpenAsync(service.Application.Address);

        await tab.GoAsync("/dashboard/no/such/page", status: 404);

        Assert.Contains("page", await tab.Page.Locator("h1").InnerTextAsync(), StringComparison.Ordinal);
        Assert.True(await tab.Page.EvaluateAsync<bool>("() => window.htmx.config.allowEval === false"));
        await tab.HasNoErrorsAsync();
    }

    /// <summary>Without this test, the others would also pass if the browser reported nothing.</summary>
    [Fact]
    public async Task InlineScript_IsReported()
    {
        await using var tab = await browser.OpenAsync(service.Application.Address);
        await tab.GoAsync("/dashboard/no/such/page", status: 404);

        await tab.Page.EvaluateAsync("() => document.body.append(Object.assign(document.createElement('script'), { textContent: '1' }))");

        Assert.Contains("Content Security Policy", Assert.Single(await tab.ErrorsAsync()), StringComparison.Ordinal);
    }
}
