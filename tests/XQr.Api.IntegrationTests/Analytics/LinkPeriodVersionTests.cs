using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using XQr.Api.Analytics.Scans;
using XQr.Api.Analytics.Statistics;
using XQr.Api.Storage;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Analytics;

/// <summary>An earlier version changes days without a mark, after a rollback or beside the new version. Sums of periods are then not used.</summary>
public sealed class LinkPeriodVersionTests(ServiceFixture service)
{
    private readonly ScanSeed seed = new(9);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private XQrApplication Application => service.Application;

    private TableClient Table => Application.Service<Tables>().Workspaces;

    [Fact]
    public async Task RolledBackAndUpgradedAgain_TotalsEqualARecount()
    {
        var (workspace, scans) = await NewWorkspaceAsync();
        await Application.AddUpAsync(workspace);
        Assert.True(await UsesSumsAsync(workspace));

        await CountAsync(workspace, scans);
        await Application.AssertTotalsAsync(workspace, scans, LinkPeriodAccess.PageSize);
        Assert.False(await UsesSumsAsync(workspace));

        // The first aggregation marks all periods, and the next clean-up adds them up.
        scans.AddRange(await AggregateAsync(workspace));
        await Application.AssertTotalsAsync(workspace, scans, LinkPeriodAccess.PageSize);
        await Application.AddUpAsync(workspace);
        await Application.AssertTotalsAsync(workspace, scans, LinkPeriodAccess.PageSize);
        Assert.True(await UsesSumsAsync(workspace));
    }

    [Fact]
    public async Task NoScansAfterTheUpgrade_SumsAreUsed()
    {
        var (workspace, scans) = await NewWorkspaceAsync();
        await Application.AddUpAsync(workspace);
        await CountAsync(workspace, scans);

        await Application.AddUpAsync(workspace);

        Assert.True(await UsesSumsAsync(workspace));
        Assert.Empty(await Application.MarksAsync(workspace));
        await Application.AssertTotalsAsync(workspace, scans, LinkPeriodAccess.PageSize);
    }

    /// <summary>The row of the aggregation version as an earlier version has left it.</summary>
    [Fact]
    public async Task FirstUpgrade_SumsAreUsed()
    {
        var (workspace, scans) = await NewWorkspaceAsync();
        await Table.UpsertEntityAsync(
            new TableEntity(workspace, StatisticsKeys.AggregationVersion) { ["Sequence"] = 7L }, TableUpdateMode.Replace, Cancellation);

        await Application.AddUpAsync(workspace);

        Assert.True(await UsesSumsAsync(workspace));
        await Application.AssertTotalsAsync(workspace, scans, LinkPeriodAccess.PageSize);
    }

    /// <summary>The earlier version changes a day of the first or of the last period before one of the transactions that add up.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(6)]
    public async Task ChangedBesideAnAddition_TotalsEqualARecount(int transactionsBefore)
    {
        var before = new BeforeTransaction();
        await using var instance = await service.StartAnotherAsync(services: services => services.AddSingleton<HttpPipelinePolicy>(before));
        var (workspace, scans) = await NewWorkspaceAsync();
        before.Run(() => CountAsync(workspace, scans), transactionsBefore);

        await instance.AddUpAsync(workspace);

        Assert.True(before.HasRun);
        await Application.AssertTotalsAsync(workspace, scans, LinkPeriodAccess.PageSize);
        scans.AddRange(await AggregateAsync(workspace));
        await Application.AssertTotalsAsync(workspace, scans, LinkPeriodAccess.PageSize);
        await Application.AddUpAsync(workspace);
        await Application.AssertTotalsAsync(workspace, scans, LinkPeriodAccess.PageSize);
        Assert.True(await UsesSumsAsync(workspace));
    }

    /// <summary>The process dies while it marks periods, by an aggregation or a clean-up.</summary>
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task ProcessDiesAtAnyCall_TotalsEqualARecount(bool aggregates, bool callIsExecuted)
    {
        await using var dying = await service.StartAnotherAsync();
        var (workspace, scans) = await NewWorkspaceAsync();
        await Application.AddUpAsync(workspace);
        for (var calls = 0; ; calls++)
        {
            await CountAsync(workspace, scans);
            Scan[] pending = aggregates ? seed.NewScans(1, ScanSeed.NewLinks(1)) : [];
            await seed.StoreAsync(Application, workspace, pending);
            dying.Faults.DieAfter(calls, callIsExecuted);
            var died = await Record.ExceptionAsync(
                () => aggregates ? dying.AggregateAsync(workspace) : dying.AddUpAsync(workspace)) is not null;
            dying.Faults.End();
            if (aggregates)
            {
                await Application.AggregateAsync(workspace);
                scans.AddRange(pending);
            }

            await Application.AssertTotalsAsync(workspace, scans, LinkPeriodAccess.PageSize);
            if (!died)
            {
                Assert.True(calls > 4, "Nothing died: the test tests nothing.");
                return;
            }
        }
    }

    private async Task<(string Workspace, List<Scan> Scans)> NewWorkspaceAsync()
    {
        var workspace = (await service.NewWorkspaceAsync()).Id;
        return (workspace, [.. await AggregateAsync(workspace, count: 200)]);
    }

    private async Task<Scan[]> AggregateAsync(string workspace, int count = 5)
    {
        var scans = seed.NewScans(count, ScanSeed.NewLinks(4));
        await seed.StoreAsync(Application, workspace, scans);
        await Application.AggregateAsync(workspace);
        return scans;
    }

    /// <summary>Counts scans of the first and the last period as an earlier version.</summary>
    private async Task CountAsync(string workspace, List<Scan> scans)
    {
        foreach (var day in (int[])[5, 57])
        {
            var scan = scans[0] with { At = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero).AddDays(day - 1), IsBot = false };
            await Application.CountAsEarlierVersionAsync(workspace, scan);
            scans.Add(scan);
        }
    }

    /// <summary>Returns whether a sum is used: its days are removed for as long as the totals are read.</summary>
    private async Task<bool> UsesSumsAsync(string workspace)
    {
        var before = await Application.PeriodTotalsAsync(workspace, pageSize: LinkPeriodAccess.PageSize);
        var rows = await Table.QueryRange(
            workspace, StatisticsKeys.Links(new(2026, 3, 11)), StatisticsKeys.AfterLinks(new(2026, 3, 20)), null, null, Cancellation)
            .ToListAsync(Cancellation);
        await Table.SubmitTransactionAsync(rows.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row)), Cancellation);
        var without = await Application.PeriodTotalsAsync(workspace, pageSize: LinkPeriodAccess.PageSize);
        await Table.SubmitTransactionAsync(rows.Select(row => new TableTransactionAction(TableTransactionActionType.Add, row)), Cancellation);
        return before.Values.Sum() == without.Values.Sum();
    }
}
