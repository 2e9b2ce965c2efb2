using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using XQr.Api.IntegrationTests.Analytics;
using XQr.Api.Links;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Redirects;

public sealed class ScanTests(ServiceFixture service)
{
    [Fact]
    public async Task Person_IsCountedOnceWithTime()
    {
        var workspace = await service.NewWorkspaceAsync();
        var link = await workspace.Client.NewLinkAsync();

        await service.Client.VisitAsync(link.Text("short_code"));

        await Eventually.TrueAsync(async () => (await workspace.Client.LinkAsync(link.Text("id"))).Number("scan_count") == 1, "The scan is counted.");
        Assert.NotNull((await workspace.Client.LinkAsync(link.Text("id"))).Text("last_scan_at"));
    }

    [Fact]
    public async Task HeadBotsAndPrefetches_AreLedOnButNotCounted()
    {
        await using var instance = await service.StartAnotherAsync();
        using var redirects = new CounterReader(instance.Service<IMeterFactory>(), "xqr.redirects");
        var workspace = await instance.NewWorkspaceAsync();
        var link = await workspace.Client.NewLinkAsync();
        var code = link.Text("short_code");

        HttpResponseMessage[] visits =
        [
            await instance.Client.VisitAsync(code, method: HttpMethod.Head),
            await instance.Client.VisitAsync(code, userAgent: "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"),
            await instance.Client.VisitAsync(code, userAgent: "curl/8.5.0"),
            await instance.Client.VisitAsync(code, userAgent: ""),
            await instance.Client.VisitAsync(code, headers: ("Purpose", "prefetch")),
            await instance.Client.VisitAsync(code, headers: ("Sec-Purpose", "prefetch;prerender")),
        ];
        Assert.All(visits, visit => Assert.Equal((HttpStatusCode.Found, "https://example.com/"), (visit.StatusCode, visit.Header("Location"))));

        await instance.Client.VisitAsync(code);
        await instance.StopAsync();

        var truth = await service.Application.NewClient(workspace.Key).LinkAsync(link.Text("id"));
        Assert.Equal(1, truth.Number("scan_count"));
        Assert.Equal(7, redirects.Total);
    }

    [Fact]
    public async Task TwoThousandAtThirtyTwoParallel_AreCountedExactlyAndReadBack()
    {
        await using var other = await service.StartAnotherAsync();
        var workspace = await service.NewWorkspaceAsync();
        var links = new List<(string Id, string Code)>();
        for (var i = 0; i < 4; i++)
        {
            var link = await workspace.Client.NewLinkAsync();
            links.Add((link.Text("id"), link.Text("short_code")));
        }

        HttpClient[] clients = [service.Client, other.Client];
        var before = DateTimeOffset.UtcNow;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 2_000),
            new ParallelOptions { MaxDegreeOfParallelism = 32, CancellationToken = TestContext.Current.CancellationToken },
            async (index, _) => Assert.Equal(HttpStatusCode.Found, (await clients[index % 2].VisitAsync(links[index % 4].Code)).StatusCode));

        foreach (var (id, _) in links)
        {
            await Eventually.TrueAsync(
                async () => (await workspace.Client.LinkAsync(id)).Number("scan_count") >= 500, "All scans are counted within a minute.");
            Assert.Equal(500, (await workspace.Client.LinkAsync(id)).Number("scan_count"));
        }

        var scans = await service.Application.ScansAsync(workspace.Id, before);
        Assert.All(links, link => Assert.Equal(500, scans.Count(scan => scan.LinkId.ToString() == link.Id)));
        Assert.Equal(
            [("desktop", "Chrome", "Windows", "direct", "ZZ")],
            scans.Select(scan => (scan.Device, scan.Browser, scan.Os, scan.Referrer, scan.Country)).Distinct());

        // After an orderly stop the tallies of its writer are merged, and nothing is counted twice.
        await other.StopAsync();
        foreach (var (id, _) in links)
        {
            Assert.Equal(500, (await workspace.Client.LinkAsync(id)).Number("scan_count"));
            var stored = await service.Application.Service<LinkStore>().FindAsync(workspace.Id, Guid.Parse(id), CancellationToken.None);
            Assert.Equal(500, stored!.RecentScans.Until(DateOnly.FromDateTime(DateTime.UtcNow))!.Sum());
        }
    }

    [Fact]
    public async Task ProcessDiesAfterAnswering_WaitedForScansAreCounted()
    {
        await using var dying = await service.StartAnotherAsync(new Dictionary<string, string?> { ["Xqr:Scans:CommitWait"] = "300" });
        var workspace = await service.NewWorkspaceAsync();
        var link = await workspace.Client.NewLinkAsync();
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => dying.Client.VisitAsync(link.Text("short_code"))));

        dying.Faults.DieAfter(0, loseNextResponse: false);

        Assert.Equal(50, (await workspace.Client.LinkAsync(link.Text("id"))).Number("scan_count"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CommitOrItsResponseIsLost_CountedOnceWhenStorageIsBack(bool isExecuted)
    {

        // The pauses between two attempts to store scans are those of the real clock.
        await using var instance = await service.StartAnotherAsync(services: services => services.AddSingleton(TimeProvider.System));
        var workspace = await service.NewWorkspaceAsync();
        var link = await workspace.Client.NewLinkAsync();
        await instance.Client.VisitAsync(link.Text("short_code"));
        await Eventually.TrueAsync(
            async () => (await workspace.Client.LinkAsync(link.Text("id"))).Number("scan_count") == 1, "The first scan is counted.");

        instance.Faults.DieAfter(0, loseNextResponse: isExecuted);
        Assert.Equal(HttpStatusCode.Found, (await instance.Client.VisitAsync(link.Text("short_code"))).StatusCode);
        await Eventually.TrueAsync(() => Task.FromResult(instance.Faults.Happened), "The commit was tried.");
        instance.Faults.End();

        await Eventually.TrueAsync(
            async () => (await workspace.Client.LinkAsync(link.Text("id"))).Number("scan_count") >= 2, "The second scan is counted.");
        await instance.Client.VisitAsync(link.Text("short_code"));
        await instance.StopAsync();
        Assert.Equal(3, (await workspace.Client.LinkAsync(link.Text("id"))).Number("scan_count"));
    }

    [Fact]
    public async Task NeverWaiting_OrderlyStopStoresAll()
    {
        await using var instance = await service.StartAnotherAsync(new Dictionary<string, string?> { ["Xqr:Scans:CommitWait"] = "0" });
        var workspace = await service.NewWorkspaceAsync();
        var link = await workspace.Client.NewLinkAsync();
        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => instance.Client.VisitAsync(link.Text("short_code"))));

        await instance.StopAsync();

        Assert.Equal(100, (await workspace.Client.LinkAsync(link.Text("id"))).Number("scan_count"));
    }

    [Fact]
    public async Task DeletedWhileFollowed_LeavesNothingBehind()
    {
        await using var instance = await service.StartAnotherAsync();
        var workspace = await service.NewWorkspaceAsync();
        var link = await workspace.Client.NewLinkAsync();
        await instance.Client.VisitAsync(link.Text("short_code"));
        await workspace.Client.DeleteAsync($"/api/v1/links/{link.Text("id")}");

        // This instance doesn't know yet, and counts into a new tally of a link that is gone.
        Assert.Equal(HttpStatusCode.Found, (await instance.Client.VisitAsync(link.Text("short_code"))).StatusCode);
        await instance.StopAsync();

        await (await workspace.Client.GetAsync($"/api/v1/links/{link.Text("id")}")).ErrorAsync(HttpStatusCode.NotFound, "NOT_FOUND");
        Assert.Equal(0, (await (await workspace.Client.GetAsync("/api/v1/links")).BodyAsync()).GetProperty("meta").Number("total"));
        var rows = service.Application.Service<XQr.Api.Storage.Tables>().Workspaces
            .QueryAsync<Azure.Data.Tables.TableEntity>(
                row => row.PartitionKey == workspace.Id && row.RowKey.CompareTo("l") > 0 && row.RowKey.CompareTo("m") < 0);
        Assert.Empty(await rows.ToListAsync(TestContext.Current.CancellationToken));
    }
}
