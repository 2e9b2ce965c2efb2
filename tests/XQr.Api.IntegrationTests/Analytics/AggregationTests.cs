using XQr.Api.Analytics.Recording;
using XQr.Api.Analytics.Scans;
using XQr.Api.Work;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Analytics;

public sealed class AggregationTests(ServiceFixture service)
{
    private readonly ScanSeed seed = new(1);

    private XQrApplication Application => service.Application;

    [Fact]
    public async Task Aggregated_StatisticsMatchARecount()
    {
        var workspace = (await service.NewWorkspaceAsync()).Id;
        var scans = seed.New(1_500, ScanSeed.NewLinks(100), hours: 10);
        await seed.StoreAsync(Application, workspace, scans, batch: 500);

        await Application.AggregateAsync(workspace);

        await Recount.AssertAsync(Application, workspace, scans);
    }

    [Fact]
    public async Task LateScans_AreCountedWhereTheyBelong()
    {
        var workspace = (await service.NewWorkspaceAsync()).Id;
        var links = ScanSeed.NewLinks(5);
        var all = new List<Scan>();
        for (var round = 0; round < 4; round++)
        {
            var scans = seed.New(200, links);
            await seed.StoreAsync(Application, workspace, scans, batch: 50);
            await Application.AggregateAsync(workspace);
            all.AddRange(scans);
        }

        await Recount.AssertAsync(Application, workspace, all);
    }

    [Fact]
    public async Task ManyBatchesOfManyLinks_FewTransactions()
    {
        await using var instance = await service.StartAnotherAsync();
        var workspace = (await service.NewWorkspaceAsync()).Id;
        var scans = seed.New(6_000, ScanSeed.NewLinks(200), hours: 1);
        await seed.StoreAsync(Application, workspace, scans, batch: 60);

        // A hundred batches, of which only one could be aggregated at a time.
        var calls = await instance.Calls.DuringAsync(() => instance.AggregateAsync(workspace));

        Assert.InRange(calls.Count(call => !call.IsRead), 3, 10);
        await Recount.AssertAsync(Application, workspace, scans);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ProcessDiesAtAnyCall_EachScanIsCountedOnce(bool callIsCarriedOut)
    {
        await using var dying = await service.StartAnotherAsync();
        var links = ScanSeed.NewLinks(95);
        for (var calls = 0; ; calls++)
        {
            var workspace = (await service.NewWorkspaceAsync()).Id;
            var scans = seed.New(200, links, hours: 2);
            await seed.StoreAsync(Application, workspace, scans[..5]);
            await Application.AggregateAsync(workspace);
            await seed.StoreAsync(Application, workspace, scans[5..], batch: 65);

            dying.Faults.DieAfter(calls, callIsCarriedOut);
            var died = await Record.ExceptionAsync(() => dying.AggregateAsync(workspace)) is not null;
            dying.Faults.End();
            await Application.AggregateAsync(workspace);

            await Recount.AssertAsync(Application, workspace, scans);
            if (!died)
            {
                Assert.True(calls > 5, "Nothing died: the test tests nothing.");
                return;
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AnswerIsLostAtAnyCall_EachScanIsCountedOnce(bool callIsCarriedOut)
    {
        await using var unlucky = await service.StartAnotherAsync();
        var links = ScanSeed.NewLinks(10);
        for (var calls = 0; calls < 8; calls++)
        {
            var workspace = (await service.NewWorkspaceAsync()).Id;
            var scans = seed.New(100, links, hours: 2);
            await seed.StoreAsync(Application, workspace, scans, batch: 40);

            unlucky.Faults.LoseOneAfter(calls, callIsCarriedOut);
            await Record.ExceptionAsync(() => unlucky.AggregateAsync(workspace));
            unlucky.Faults.End();
            await unlucky.AggregateAsync(workspace);

            await Recount.AssertAsync(Application, workspace, scans);
        }
    }

    [Fact]
    public async Task SeveralAtOnce_EachScanIsCountedOnce()
    {
        await using var other = await service.StartAnotherAsync();
        await using var third = await service.StartAnotherAsync();
        XQrApplication[] instances = [Application, other, third];
        var workspace = (await service.NewWorkspaceAsync()).Id;
        var scans = seed.New(1_500, ScanSeed.NewLinks(60), hours: 4);

        await Task.WhenAll(
        [
            seed.StoreAsync(Application, workspace, scans, batch: 30),
            .. instances.Select(instance => AnalyticsAccess.AgainAndAgainAsync(() => instance.AggregateAsync(workspace), rounds: 8)),
        ]);
        await Application.AggregateAsync(workspace);

        await Recount.AssertAsync(Application, workspace, scans);
    }

    [Fact]
    public async Task NothingToAggregate_OneTransaction()
    {
        await using var instance = await service.StartAnotherAsync();
        var workspace = (await service.NewWorkspaceAsync()).Id;
        await seed.StoreAsync(instance, workspace, seed.New(10, ScanSeed.NewLinks(2), hours: 1));

        // The pending batches, the aggregation version, the day and its links, deleted links, and the transaction; for two days at most.
        Assert.InRange((await instance.Calls.DuringAsync(() => instance.AggregateAsync(workspace))).Length, 6, 11);
        Assert.Single(await instance.Calls.DuringAsync(() => instance.AggregateAsync(workspace)));
    }

    [Fact]
    public async Task ScansWereStored_WorkIsRequestedAndAggregatesThem()
    {
        var workspace = await service.NewWorkspaceAsync();
        var link = await workspace.Client.NewLinkAsync();
        await service.Client.VisitAsync(link.Text("short_code"));
        await Eventually.TrueAsync(async () => (await workspace.Client.LinkAsync(link.Text("id"))).Number("scan_count") == 1, "The scan is counted.");

        await Application.Service<ScanRecorder>().MergeAsync(DateTimeOffset.UtcNow, TestContext.Current.CancellationToken);
        Assert.True(await Application.TakeRequestAsync(WorkNames.Aggregate, workspace.Id));
        await Application.WorkAsync(WorkNames.Aggregate, workspace.Id);

        Assert.Equal(1, Assert.Single(await Application.DaysAsync(workspace.Id)).Statistics.Scans);
    }
}
