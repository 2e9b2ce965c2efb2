using Azure.Data.Tables;
using XQr.Api.Analytics.Aggregation;
using XQr.Api.Analytics.Scans;
using XQr.Api.Analytics.Statistics;
using XQr.Api.Storage;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Analytics;

/// <summary>The scan counts of whole periods equal those of their days, whatever happens to the days.</summary>
public sealed class LinkPeriodTests(ServiceFixture service)
{
    private readonly ScanSeed seed = new(8);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private XQrApplication Application => service.Application;

    private TableClient Table => Application.Service<Tables>().Workspaces;

    [Fact]
    public async Task LateScansAndErasures_TotalsEqualARecount()
    {
        var (workspace, links) = await service.NewLinksAsync(4);
        List<Scan> scans = [];
        for (var round = 0; round < 4; round++)
        {
            var added = seed.NewScans(60, round < 3 ? links : links[1..]);
            await seed.StoreAsync(Application, workspace.Id, added);
            await Application.AggregateAsync(workspace.Id);
            scans.AddRange(added);
            if (round == 2)
            {
                await workspace.DeleteLinkAsync(links[0]);
                await Application.AggregateAsync(workspace.Id);
                scans.RemoveAll(scan => scan.LinkId == links[0]);
            }

            await Application.AssertTotalsAsync(workspace.Id, scans, LinkPeriodAccess.PageSize);
            await Application.AddUpAsync(workspace.Id);
            Assert.Empty(await Application.MarksAsync(workspace.Id));
            await Application.AssertTotalsAsync(workspace.Id, scans, LinkPeriodAccess.PageSize);
        }
    }

    /// <summary>Totals are exact at each moment, so those of links that stay never decrease.</summary>
    [Fact]
    public async Task AddedUpWhileOthersAggregateAndErase_NoScanIsMissing()
    {
        await using var other = await service.StartAnotherAsync();
        var (workspace, links) = await service.NewLinksAsync(6);
        var (deleted, kept) = (links[..2], links[2..]);
        var scans = seed.NewScans(600, links);
        await seed.StoreAsync(Application, workspace.Id, scans[..300]);
        await Application.AggregateAsync(workspace.Id);
        await Application.AddUpAsync(workspace.Id);
        var seen = 0L;

        await Task.WhenAll(
            seed.StoreAsync(Application, workspace.Id, scans[300..], batch: 10),
            AnalyticsAccess.AgainAndAgainAsync(() => other.AggregateAsync(workspace.Id), rounds: 12),
            AnalyticsAccess.AgainAndAgainAsync(() => other.AddUpAsync(workspace.Id), rounds: 12),
            AnalyticsAccess.AgainAndAgainAsync(() => Application.AddUpAsync(workspace.Id), rounds: 12),
            AnalyticsAccess.AgainAndAgainAsync(ReadAsync, rounds: 30),
            workspace.DeleteLinksSlowlyAsync(deleted));

        await Application.AggregateAsync(workspace.Id);
        Scan[] left = [.. scans.Where(scan => kept.Contains(scan.LinkId))];
        await Application.AssertTotalsAsync(workspace.Id, left, LinkPeriodAccess.PageSize);
        await Application.AddUpAsync(workspace.Id);
        Assert.Empty(await Application.MarksAsync(workspace.Id));
        await Application.AssertTotalsAsync(workspace.Id, left, LinkPeriodAccess.PageSize);

        async Task ReadAsync()
        {
            var totals = await Application.PeriodTotalsAsync(workspace.Id, pageSize: LinkPeriodAccess.PageSize);
            var now = kept.Sum(link => totals.GetValueOrDefault(link));
            Assert.InRange(now, seen, scans.Length);
            seen = now;
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ProcessDiesAtAnyCall_TotalsEqualARecount(bool callIsExecuted)
    {
        await using var dying = await service.StartAnotherAsync();
        var workspace = (await service.NewWorkspaceAsync()).Id;
        List<Scan> scans = [];
        for (var calls = 0; ; calls++)
        {
            Scan[] late = [.. seed.New(6, ScanSeed.NewLinks(3), hours: 1).Select(scan => scan with { At = scan.At.AddDays(-10 * (calls % 3)) })];
            scans.AddRange(late);
            await seed.StoreAsync(Application, workspace, late);
            await Application.AggregateAsync(workspace);

            dying.Faults.DieAfter(calls, callIsExecuted);
            var died = await Record.ExceptionAsync(() => dying.AddUpAsync(workspace)) is not null;
            dying.Faults.End();
            await Application.AssertTotalsAsync(workspace, scans);
            if (!died)
            {
                Assert.True(calls > 4, "Nothing died: the test tests nothing.");
                return;
            }
        }
    }

    /// <summary>A late scan marks the last period before any was added up.</summary>
    [Fact]
    public async Task OnlyTheLastPeriodIsMarked_AllAreAddedUp()
    {
        var workspace = (await service.NewWorkspaceAsync()).Id;
        await seed.StoreAsync(Application, workspace, seed.NewScans(200, ScanSeed.NewLinks(5)));
        await Application.AggregateAsync(workspace);
        foreach (var mark in (await Application.MarksAsync(workspace)).SkipLast(1))
        {
            await Table.DeleteEntityAsync(workspace, mark, cancellationToken: Cancellation);
        }

        await Application.AddUpAsync(workspace);

        Assert.Equal(
            ["dm20260301", "dm20260311", "dm20260321", "dm20260401", "dm20260411", "dm20260421"],
            (await Application.KeysAsync(workspace)).Where(key => key is ['d', 'm', ..] and { Length: 10 }));
    }

    [Fact]
    public async Task UnreadableDay_ItsPeriodIsAddedUpWhenItCanBeReadAgain()
    {
        var workspace = (await service.NewWorkspaceAsync()).Id;
        var scans = seed.NewScans(200, ScanSeed.NewLinks(5));
        await seed.StoreAsync(Application, workspace, scans);
        await Application.AggregateAsync(workspace);
        var row = await Table.QueryPrefix(workspace, StatisticsKeys.Links(new(2026, 3, 15)), null, Cancellation).FirstAsync(Cancellation);
        var damaged = new TableEntity(workspace, row.RowKey) { ["Links0"] = new byte[] { 99 }, ["BotLinks0"] = new byte[] { 99 } };
        await Table.UpdateEntityAsync(damaged, Azure.ETag.All, TableUpdateMode.Merge, Cancellation);

        await Application.AddUpAsync(workspace);

        Assert.Equal(["dm20260311+"], await Application.MarksAsync(workspace));
        Assert.True((await Application.PeriodTotalsAsync(workspace, pageSize: LinkPeriodAccess.PageSize)).Values.Sum() < scans.Length);
        await Table.UpdateEntityAsync(row, Azure.ETag.All, TableUpdateMode.Replace, Cancellation);
        await Application.AssertTotalsAsync(workspace, scans, LinkPeriodAccess.PageSize);
        await Application.AddUpAsync(workspace);
        Assert.Empty(await Application.MarksAsync(workspace));
    }

    [Fact]
    public async Task UnreadableSum_TheDaysAreRead()
    {
        var workspace = (await service.NewWorkspaceAsync()).Id;
        var scans = seed.NewScans(200, ScanSeed.NewLinks(5));
        await seed.StoreAsync(Application, workspace, scans);
        await Application.AggregateAsync(workspace);
        await Application.AddUpAsync(workspace);
        var damaged = new TableEntity(workspace, StatisticsKeys.PeriodLinks(new(new(2026, 3, 11)), 0)) { ["Links0"] = new byte[] { 99 } };
        await Table.UpdateEntityAsync(damaged, Azure.ETag.All, TableUpdateMode.Merge, Cancellation);

        await Application.AssertTotalsAsync(workspace, scans, LinkPeriodAccess.PageSize);
    }

    [Fact]
    public async Task TimeIsUsedUp_TheNextMessageContinues()
    {
        var workspace = (await service.NewWorkspaceAsync()).Id;
        var scans = seed.NewScans(200, ScanSeed.NewLinks(5));
        await seed.StoreAsync(Application, workspace, scans);
        await Application.AggregateAsync(workspace);
        var calls = 1;
        for (; !await TryAsync(secondsEach: 20); calls++)
        {
            await Application.AssertTotalsAsync(workspace, scans, LinkPeriodAccess.PageSize);
        }

        // March and April have six periods, and two are added up in 45 seconds.
        Assert.Equal(3, calls);
        Assert.Empty(await Application.MarksAsync(workspace));
        await Application.AssertTotalsAsync(workspace, scans, LinkPeriodAccess.PageSize);

        Task<bool> TryAsync(long secondsEach) => Application.Service<LinkPeriodSumStore>()
            .AddUpAsync(workspace, LinkPeriodAccess.Today, new(new TickingTime(secondsEach)), Cancellation);
    }
}
