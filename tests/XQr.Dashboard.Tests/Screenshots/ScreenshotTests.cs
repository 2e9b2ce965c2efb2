using Microsoft.Playwright;
using XQr.Dashboard.Tests.Browser;
using XQr.Dashboard.Tests.Screens;
using XQr.Testing;

namespace XQr.Dashboard.Tests.Screenshots;

/// <summary>
/// The pictures of the dashboard in <c>docs/images</c>. <c>XQR_RENEW=1</c> takes them again; browsers and fonts differ, so a run without it
/// does not compare them.
/// </summary>
public sealed class ScreenshotTests(ServiceFixture service, BrowserFixture browser)
{
    private const int MaxBytes = 160 * 1024;

    private static readonly Dictionary<string, (string Page, Look Look)> Pictures = new()
    {
        ["dashboard-home"] = ("", Look.Light),
        ["dashboard-links-dark"] = ("links", Look.Dark),
        ["dashboard-link"] = ("links/{link}", Look.Light),
        ["dashboard-phone"] = ("", Look.Phone),
    };

    [Fact]
    public async Task Pictures_AreThereAndSmall()
    {
        if (Environment.GetEnvironmentVariable("XQR_RENEW") == "1")
        {
            await TakeAsync();
        }

        Assert.Empty(
            from name in Pictures.Keys
            let file = new FileInfo(FileOf(name))
            where !file.Exists || file.Length > MaxBytes
            select $"{file.Name}: {(file.Exists ? $"{file.Length} bytes" : "missing")}");
    }

    private static string FileOf(string name) => Repository.PathOf("docs", "images", $"{name}.png");

    private async Task TakeAsync()
    {
        // In the evening the day has its scans.
        var time = OffsetTime.InMidMonth();
        time.Advance(TimeSpan.FromHours(10));
        await using var application = await service.StartAnotherAsync(
            new Dictionary<string, string?> { ["Xqr:PublicBaseUrl"] = DemoCafe.PublicBaseUrl }, time.Register);
        var cafe = await DemoCafe.CreateAsync(application, time);
        foreach (var (name, (page, look)) in Pictures)
        {
            await using var tab = await browser.OpenAsync(application, DemoCafe.Owner, look, name: DemoCafe.OwnerName);
            await tab.Page.Clock.SetFixedTimeAsync(time.GetUtcNow().UtcDateTime);
            await tab.GoAsync(Paths.Of(cafe.WorkspaceId, page.Replace("{link}", cafe.LinkId, StringComparison.Ordinal)));
            await tab.Page.ScreenshotAsync(new() { Path = FileOf(name), Animations = ScreenshotAnimations.Disabled });
        }
    }
}
