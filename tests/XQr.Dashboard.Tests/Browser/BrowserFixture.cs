using Microsoft.Playwright;

namespace XQr.Dashboard.Tests.Browser;

/// <summary>
/// Starts one browser for the test assembly when a test needs it. If it cannot start, the tests fail.
/// </summary>
public sealed class BrowserFixture : IAsyncDisposable
{
    private readonly Lazy<Task<(IPlaywright Driver, IBrowser Browser)>> started = new(StartAsync);

    /// <summary>Opens a tab that shares nothing with other tabs.</summary>
    /// <param name="address">The address of the application.</param>
    /// <param name="look">The colours and the size of the screen.</param>
    /// <param name="scripts">False for a browser without JavaScript.</param>
    public async Task<BrowserTab> OpenAsync(Uri address, Look? look = null, bool scripts = true)
    {
        look ??= Look.Light;
        var context = await (await started.Value).Browser.NewContextAsync(new()
        {
            BaseURL = address.ToString(),
            ColorScheme = look.ColorScheme,
            JavaScriptEnabled = scripts,
            Locale = "en-GB",
            ReducedMotion = ReducedMotion.Reduce,
            TimezoneId = "Europe/Berlin",
            ViewportSize = new() { Width = look.Width, Height = look.Height },
        });
        return await BrowserTab.OpenAsync(context);
    }

    public async ValueTask DisposeAsync()
    {
        if (started.IsValueCreated)
        {
            var (driver, browser) = await started.Value;
            await browser.DisposeAsync();
            driver.Dispose();
        }
    }

    private static async Task<(IPlaywright Driver, IBrowser Browser)> StartAsync()
    {
        var driver = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(BrowserTab.Timeout);
        return (driver, await driver.Chromium.LaunchAsync(await Chromium.FindAsync()));
    }
}

/// <summary>The colours and the size of a screen.</summary>
public sealed record Look(string Name, bool IsDark, int Width, int Height)
{
    public static Look Light { get; } = new("light", IsDark: false, 1280, 800);

    public static Look Dark { get; } = new("dark", IsDark: true, 1280, 800);

    public static Look Phone { get; } = new("phone", IsDark: false, 390, 844);

    public static Look DarkPhone { get; } = new("dark-phone", IsDark: true, 390, 844);

    public ColorScheme ColorScheme => IsDark ? ColorScheme.Dark : ColorScheme.Light;

    public override string ToString() => Name;
}
