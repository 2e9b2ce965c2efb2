using XQr.Dashboard.Tests.Browser;
using XQr.Testing;

namespace XQr.Dashboard.Tests.Screens;

/// <summary>The bytes on the wire, with headers, and the requests of a visit.</summary>
public sealed class BudgetTests(ServiceFixture service, BrowserFixture browser, ScreenWorkspaces workspaces) : IClassFixture<ScreenWorkspaces>
{
    private const int Kilobyte = 1024;

    [Theory]
    [InlineData("/dashboard")]
    [InlineData("")]
    [InlineData("/links")]
    public async Task FirstVisit_AtMostSixtyKilobytesAndEightRequests(string path)
    {
        var (email, address) = await workspaces.FindAsync(path == "/dashboard" ? "visitor" : "full", path);
        await using var tab = await browser.OpenAsync(service.Application, email);
        await using var traffic = await Traffic.RecordAsync(tab.Page);

        await tab.GoAsync(address);

        await traffic.IsWithinAsync(60 * Kilobyte, requests: 8);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/links")]
    [InlineData("/links/new")]
    [InlineData("/settings/general")]
    [InlineData("/settings/usage")]
    [InlineData("/settings/audit")]
    [InlineData("/settings/members")]
    [InlineData("/settings/developers")]
    [InlineData("/{link}")]
    public async Task LaterPage_AtMostFifteenKilobytesAndOneRequest(string path)
    {
        var (email, address) = await workspaces.FindAsync("full", path);
        await using var tab = await browser.OpenAsync(service.Application, email);
        await tab.GoAsync(Paths.Of((await workspaces.FullAsync()).Owner.WorkspaceId, "links?q=nothing-has-this"));
        await using var traffic = await Traffic.RecordAsync(tab.Page);

        await tab.GoAsync(address);

        await traffic.IsWithinAsync(15 * Kilobyte, requests: 1);
    }
}
