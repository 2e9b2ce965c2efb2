using XQr.Testing;

namespace XQr.Dashboard.Tests.Links;

/// <summary>The process that creates a link dies at each of its calls to storage in turn, and the person sends the form to another process.</summary>
public sealed class LinkCrashTests(ServiceFixture service)
{
    private static readonly TimeSpan LeaseIsOver = TimeSpan.FromSeconds(16);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ProcessDiesAtAnyCall_TheFormCreatesOneLink(bool callIsExecuted)
    {
        var time = new OffsetTime();
        await using var dying = await service.StartAnotherAsync(services: StillTime.AtPresent().Register);
        await using var survivor = await service.StartAnotherAsync(services: time.Register);
        var site = await LinkSite.OpenAsync(service, instance: dying);
        using var browser = await DashboardClient.SignInAsync(survivor, site.Email);
        var other = site with { Browser = browser };
        await site.PageAsync("/new");
        var links = 0;
        for (var died = true; died; links++)
        {
            (string, string)[] form = [("url", "https://example.com/"), ("creation", $"{links:x32}")];
            dying.Faults.DieAfter(links, callIsExecuted);
            using var lost = await site.Browser.PostAsync($"{site.Path}/new", form);
            died = dying.Faults.Happened;
            dying.Faults.End();

            time.Advance(LeaseIsOver);
            var page = await other.SendAsync("/new", form);
            Assert.Equal(page, await other.SendAsync("/new", form));
        }

        // A creation has at least three calls.
        Assert.True(links > 3);
        var counts = (await (await site.Api.GetAsync("/api/v1/workspace/usage")).DataAsync()).GetProperty("usage");
        Assert.Equal(links, counts.Number("total_links"));
        Assert.Equal(links, (await (await site.Api.GetAsync("/api/v1/links?limit=100")).DataAsync()).GetArrayLength());
    }
}
