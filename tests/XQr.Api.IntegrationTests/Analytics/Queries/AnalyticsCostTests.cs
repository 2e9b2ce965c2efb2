using System.Net;
using XQr.Api.Analytics.Scans;
using XQr.Api.IntegrationTests.Links;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Analytics.Queries;

/// <summary>Storage transactions of each query: they grow with the days and what is asked for, and not with the scans.</summary>
public sealed class AnalyticsCostTests(ServiceFixture service)
{
    private const int Days = 90;
    private const int Links = 40;

    /// <summary>The time does not change by itself, so no day ends and no cache entry expires during a measurement.</summary>
    private readonly StillTime time = new();

    [Fact]
    public async Task Queries_CostWhatTheyShould()
    {
        await using var instance = await service.StartAnotherAsync(services: time.Register);
        var workspace = await instance.NewWorkspaceAsync();
        var links = await Task.WhenAll(Enumerable.Range(0, Links).Select(_ => KnownLink.CreateAsync(workspace.Client, "print")));
        await instance.StoreScansAsync(workspace.Id, ScansOf(links));
        await instance.AggregateAsync(workspace.Id);
        await instance.UseAsync(workspace.Key);
        var link = links[0].Id;

        // The pending scans, and the requested data: days, days before, active links, and the count of links.
        Assert.Equal(1 + 4, await CostAsync("summary?period=7d"));
        Assert.Equal(1 + 4, await CostAsync("summary?period=90d&include_bots=true"));
        Assert.Equal(1 + 3, await CostAsync("summary?period=all"));
        Assert.Equal(1 + 1, await CostAsync("timeseries?interval=day&period=90d"));
        Assert.Equal(1 + 3, await CostAsync("timeseries?interval=day&period=90d&tz=Europe/Berlin"));
        Assert.Equal(1 + 1, await CostAsync("timeseries?interval=hour&period=30d"));
        Assert.Equal(1 + 1, await CostAsync("geography?period=90d"));
        Assert.Equal(1 + 2, await CostAsync("labels?period=90d"));

        // The links' scans, how many links there are, and these.
        Assert.Equal(1 + 3, await CostAsync("top-links?period=90d"));
        Assert.Equal(1 + 3, await CostAsync("top-links?period=90d&limit=200"));

        // The link itself, too.
        Assert.Equal(1 + 1 + 1, await CostAsync($"timeseries?interval=day&period=90d&link_id={link}"));
        Assert.Equal(1 + 1 + 2, await CostAsync($"links/{link}"));

        // The short codes, what was erased, and a thousand rows, or 20 with more than some hundred scans each.
        Assert.InRange(await CostAsync("export"), 1 + 3, 1 + 2 + (30 * 24 / 20) + 1);

        // Pending scans: also the deleted links, and whether the scans are still pending afterwards. An export reads their hour separately.
        await instance.StoreScansAsync(workspace.Id, ScansOf(links).Take(20));
        Assert.Equal(3 + 4, await CostAsync("summary?period=7d"));
        Assert.Equal(3 + 1, await CostAsync("geography?period=90d"));
        Assert.Equal(3 + 3, await CostAsync("top-links?period=90d"));
        Assert.Equal(3 + 1 + 2, await CostAsync($"links/{link}"));
        Assert.InRange(await CostAsync("export"), 3 + 5, 3 + 4 + (30 * 24 / 20) + 1);

        Task<int> CostAsync(string path) => instance.Calls.CostAsync(
            async () => Assert.Equal(HttpStatusCode.OK, (await workspace.Client.GetAsync($"/api/v1/analytics/{path}")).StatusCode));
    }

    /// <summary>With more than a thousand links, the returned links are read one by one.</summary>
    [Fact]
    public async Task TopLinksOfManyLinks_CostOneEach()
    {
        await using var instance = await service.StartAnotherAsync(services: time.Register);
        var workspace = await instance.NewWorkspaceAsync();
        KnownLink[] links = [await KnownLink.CreateAsync(workspace.Client), await KnownLink.CreateAsync(workspace.Client)];
        await LinkSeed.AddAsync(instance, workspace.Id, 1_000);
        await instance.StoreScansAsync(workspace.Id, ScansOf(links));
        await instance.AggregateAsync(workspace.Id);
        await instance.UseAsync(workspace.Key);

        var calls = await instance.Calls.DuringAsync(
            async () => Assert.Equal(2, (await (await workspace.Client.GetAsync("/api/v1/analytics/top-links")).DataAsync()).GetArrayLength()));

        Assert.Equal(1 + 2 + links.Length, calls.Count(call => call.IsOf("Workspaces") && !call.IsOfAdmission));
    }

    /// <summary>Twenty on each day, some of bots.</summary>
    private IEnumerable<Scan> ScansOf(KnownLink[] links) =>
        from day in Enumerable.Range(0, Days)
        from index in Enumerable.Range(0, 20)
        let link = links[(day + index) % links.Length].Id
        select new Scan(link, time.GetUtcNow().AddDays(-day), "DE", "mobile", "Safari", "iOS", "direct", (ulong)(day + index + 1), index % 5 == 0);
}
