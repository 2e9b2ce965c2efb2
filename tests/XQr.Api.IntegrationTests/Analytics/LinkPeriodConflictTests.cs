using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using XQr.Api.Analytics.Scans;
using XQr.Api.Analytics.Statistics;
using XQr.Api.Storage;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Analytics;

/// <summary>A sum that another instance interferes with is not used, and made again.</summary>
public sealed class LinkPeriodConflictTests(ServiceFixture service)
{
    private readonly ScanSeed seed = new(10);

    private XQrApplication Application => service.Application;

    [Fact]
    public async Task DayChangedWhileItsPeriodIsAddedUp_TheSumIsNotUsed()
    {
        var before = new BeforeTransaction();
        await using var instance = await service.StartAnotherAsync(services: services => services.AddSingleton<HttpPipelinePolicy>(before));
        var workspace = (await service.NewWorkspaceAsync()).Id;
        List<Scan> scans = [.. seed.New(40, ScanSeed.NewLinks(4), hours: 1)];
        await seed.StoreAsync(Application, workspace, scans);
        await Application.AggregateAsync(workspace);
        var late = seed.New(10, ScanSeed.NewLinks(1), hours: 1);
        scans.AddRange(late);

        // The first transaction marks the period before its days are read.
        before.Run(
            async () =>
            {
                await seed.StoreAsync(Application, workspace, late);
                await Application.AggregateAsync(workspace);
            },
            skip: 1);

        await instance.AddUpAsync(workspace);

        Assert.True(before.HasRun);
        Assert.Single(await Application.MarksAsync(workspace));
        await Application.AssertTotalsAsync(workspace, scans);
        await instance.AddUpAsync(workspace);
        await Application.AssertTotalsAsync(workspace, scans);
        Assert.Empty(await Application.MarksAsync(workspace));
    }

    /// <summary>A sum of more than 40,000 links takes two transactions. Another instance makes the same sum before the first or the second.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task AddedUpByTwoInstances_MixedRowsAreNotUsed(int transactionsBefore)
    {
        var before = new BeforeTransaction();
        await using var instance = await service.StartAnotherAsync(services: services => services.AddSingleton<HttpPipelinePolicy>(before));
        var workspace = (await service.NewWorkspaceAsync()).Id;
        await seed.StoreAsync(Application, workspace, seed.New(1, ScanSeed.NewLinks(1), hours: 1));
        await Application.AggregateAsync(workspace);
        var links = ScanSeed.NewLinks(44_000).ToDictionary(link => link, _ => 3L);
        var row = new TableEntity(workspace, StatisticsKeys.Links(new(2026, 3, 25), 0));
        LinkCountsRow.Set(row, DailyStatisticsRow.People, links);
        await Application.Service<Tables>().Workspaces.AddEntityAsync(row, TestContext.Current.CancellationToken);
        before.Run(() => Application.AddUpAsync(workspace), transactionsBefore);

        await instance.AddUpAsync(workspace);

        Assert.True(before.HasRun);
        await AssertLinksAsync();
        await Application.AddUpAsync(workspace);
        Assert.Empty(await Application.MarksAsync(workspace));
        await AssertLinksAsync();

        async Task AssertLinksAsync() => Assert.Empty(links.Except(await Application.PeriodTotalsAsync(workspace)));
    }
}
