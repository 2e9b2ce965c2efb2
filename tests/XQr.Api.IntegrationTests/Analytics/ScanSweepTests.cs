using XQr.Api.Analytics.Aggregation;
using XQr.Api.Analytics.Scans;
using XQr.Api.Maintenance;
using XQr.Api.Storage;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Analytics;

/// <summary>Single scans are kept for the configured time and then removed.</summary>
public sealed class ScanSweepTests(ServiceFixture service)
{
    /// <summary>While the seed's scans are kept.</summary>
    private static readonly DateTimeOffset Now = ScanSeed.Start.AddDays(30);

    private readonly ScanSeed seed = new(3);

    private XQrApplication Application => service.Application;

    [Fact]
    public async Task LinksDeleted_StoredScansAreThoseOfTheOthers()
    {
        var (workspace, links) = await service.NewLinksAsync(4);
        var scans = seed.New(600, links);
        var alone = seed.New(20, [links[1]], hours: 1).Select(scan => scan with { At = scan.At.AddDays(-3) }).ToArray();
        await seed.StoreAsync(Application, workspace.Id, [.. scans, .. alone], batch: 100);
        await Application.AggregateAsync(workspace.Id);
        await workspace.DeleteLinkAsync(links[0]);
        await workspace.DeleteLinkAsync(links[1]);

        await SweepAsync(Application, workspace.Id);

        Scan[] left = [.. scans.Where(scan => scan.LinkId != links[0] && scan.LinkId != links[1])];
        Assert.Equal(left.Select(scan => scan.ToString()).Order(), (await StoredAsync(workspace.Id)).Select(scan => scan.ToString()).Order());
        await Recount.AssertAsync(Application, workspace.Id, left);

        // Hours whose rows were removed or made smaller take more scans.
        var more = seed.New(100, links[2..]).Concat(alone.Select(scan => scan with { LinkId = links[2] })).ToArray();
        await seed.StoreAsync(Application, workspace.Id, more, batch: 30);
        await Application.AggregateAsync(workspace.Id);
        await Recount.AssertAsync(Application, workspace.Id, [.. left, .. more]);
    }

    [Fact]
    public async Task DoneOnce_NothingIsReadAgain()
    {
        var (workspace, links) = await service.NewLinksAsync(2);
        await seed.StoreAsync(Application, workspace.Id, seed.New(100, links));
        await workspace.DeleteLinkAsync(links[0]);
        await SweepAsync(Application, workspace.Id);
        await using var counting = await service.StartAnotherAsync();

        var calls = await counting.Calls.DuringAsync(() => SweepAsync(counting, workspace.Id));

        Assert.Equal([true, true, true, true], calls.Select(call => call.IsRead));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ProcessDiesAtAnyCall_TheNextSweepContinues(bool callIsExecuted)
    {
        await using var dying = await service.StartAnotherAsync();
        for (var calls = 0; ; calls++)
        {
            var (workspace, links) = await service.NewLinksAsync(3);
            var scans = seed.New(40, links, hours: 4);
            await seed.StoreAsync(Application, workspace.Id, scans);
            await Application.AggregateAsync(workspace.Id);
            await workspace.DeleteLinkAsync(links[0]);

            dying.Faults.DieAfter(calls, callIsExecuted);
            var died = await Record.ExceptionAsync(() => SweepAsync(dying, workspace.Id)) is not null;
            dying.Faults.End();
            await SweepAsync(Application, workspace.Id);

            Assert.DoesNotContain(await StoredAsync(workspace.Id), scan => scan.LinkId == links[0]);
            await Recount.AssertAsync(Application, workspace.Id, [.. scans.Where(scan => scan.LinkId != links[0])]);
            if (!died)
            {
                Assert.True(calls > 10, "Nothing died: the test tests nothing.");
                return;
            }
        }
    }

    [Fact]
    public async Task SweptWhileOthersAggregate_NoScanIsLost()
    {
        await using var other = await service.StartAnotherAsync();
        var (workspace, links) = await service.NewLinksAsync(6);
        Guid[] deleted = [.. links.Take(4)];
        var scans = seed.New(600, links, hours: 3);
        await seed.StoreAsync(Application, workspace.Id, scans[..300], batch: 20);
        await Application.AggregateAsync(workspace.Id);

        await Task.WhenAll(
            seed.StoreAsync(Application, workspace.Id, scans[300..], batch: 10),
            AnalyticsAccess.AgainAndAgainAsync(() => other.AggregateAsync(workspace.Id)),
            AnalyticsAccess.AgainAndAgainAsync(() => SweepAsync(Application, workspace.Id)),
            workspace.DeleteLinksSlowlyAsync(deleted));
        await SweepAsync(Application, workspace.Id);

        Assert.DoesNotContain(await StoredAsync(workspace.Id), scan => deleted.Contains(scan.LinkId));
        await Recount.AssertAsync(Application, workspace.Id, [.. scans.Where(scan => !deleted.Contains(scan.LinkId))]);
    }

    [Fact]
    public async Task RetentionIsOver_OnlyStatisticsAreLeft()
    {
        var (workspace, links) = await service.NewLinksAsync(3);
        var scans = seed.New(100, links, hours: 20);
        await seed.StoreAsync(Application, workspace.Id, scans);
        await workspace.DeleteLinkAsync(links[0]);
        await SweepAsync(Application, workspace.Id);
        Assert.NotEmpty(await StoredAsync(workspace.Id));

        await Sweep(Application)
            .SweepAsync(workspace.Id, (DateTimeOffset.UtcNow > Now ? DateTimeOffset.UtcNow : Now).AddDays(92), TestContext.Current.CancellationToken);

        Assert.Empty(await StoredAsync(workspace.Id));
        Assert.DoesNotContain(await Application.KeysAsync(workspace.Id), key => key[0] is 'z' or 'e' or 's');
        Assert.Equal(
            scans.Count(scan => scan.LinkId != links[0] && !scan.IsBot), (await Application.DaysAsync(workspace.Id))
                .Sum(day => day.Statistics.Scans));
    }

    [Fact]
    public async Task RetentionIsNotOver_ScansStay()
    {
        var (workspace, links) = await service.NewLinksAsync(2);
        await seed.StoreAsync(Application, workspace.Id, seed.New(100, links, hours: 20));
        await Application.AggregateAsync(workspace.Id);
        var before = await StoredAsync(workspace.Id);

        await Sweep(Application).SweepAsync(workspace.Id, ScanSeed.Start.AddDays(90), TestContext.Current.CancellationToken);

        Assert.NotEmpty(before);
        Assert.Equal(before, await StoredAsync(workspace.Id));
    }

    /// <summary>A scan that is stored as long after the deletion as scans are kept is still recognised as one of a deleted link.</summary>
    [Fact]
    public async Task ScansOfADeletedLinkMayStillCome_TheyAreDropped()
    {
        var (workspace, links) = await service.NewLinksAsync(2);
        await workspace.DeleteLinkAsync(links[0]);

        await Sweep(Application).SweepAsync(workspace.Id, DateTimeOffset.UtcNow.AddDays(90), TestContext.Current.CancellationToken);
        await seed.StoreAsync(Application, workspace.Id, seed.New(50, links));
        await Application.AggregateAsync(workspace.Id);

        Assert.Equal([links[1]], (await StoredAsync(workspace.Id)).Select(scan => scan.LinkId).Distinct());
    }

    /// <summary>A note of recent scans that is renewed each minute never becomes one of scans that there were once.</summary>
    [Fact]
    public async Task VisitedWithoutAPause_IsSweptToo()
    {
        await using var instance = await service.StartAnotherAsync(new Dictionary<string, string?> { ["Xqr:Scans:RawRetentionDays"] = "3650" });
        var (workspace, links) = await service.NewLinksAsync(2);
        await instance.Service<ScanActivityStore>().MarkAsync(workspace.Id, CancellationToken.None);
        await seed.StoreAsync(instance, workspace.Id, seed.New(50, links));
        await instance.AggregateAsync(workspace.Id);
        await workspace.DeleteLinkAsync(links[0]);

        await Sweep(instance).RunAsync(DateTimeOffset.UtcNow, TestContext.Current.CancellationToken);

        Assert.Equal([links[1]], (await StoredAsync(workspace.Id)).Select(scan => scan.LinkId).Distinct());
    }

    private static Task SweepAsync(XQrApplication instance, string workspaceId) =>
        Sweep(instance).SweepAsync(workspaceId, Now, TestContext.Current.CancellationToken);

    private static ScanSweep Sweep(XQrApplication instance) => instance.Service<IEnumerable<IMaintenanceTask>>().OfType<ScanSweep>().Single();

    /// <summary>The scans that are stored one by one, whether they are shown or not.</summary>
    private async Task<Scan[]> StoredAsync(string workspaceId) =>
    [
        .. await Application.Service<Tables>().Workspaces.QueryPrefix(workspaceId, "z", null, TestContext.Current.CancellationToken)
            .SelectMany(row => ScanBatchFormat.Read(row.GetBytes("Data"))).ToListAsync(TestContext.Current.CancellationToken),
    ];
}
