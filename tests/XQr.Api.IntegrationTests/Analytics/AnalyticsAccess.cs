using Azure.Data.Tables;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using XQr.Api.Analytics.Aggregation;
using XQr.Api.Analytics.Scans;
using XQr.Api.Analytics.Statistics;
using XQr.Api.Storage;
using XQr.Api.Work;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Analytics;

/// <summary>Steps that tests of analytics share.</summary>
internal static class AnalyticsAccess
{
    /// <summary>Stores scans of any time, by what the service itself stores them with.</summary>
    /// <param name="application">The instance.</param>
    /// <param name="workspaceId">The workspace.</param>
    /// <param name="scans">The scans.</param>
    /// <param name="tallies">Those of the writer; null for a writer that stores nothing else.</param>
    public static async Task StoreScansAsync(
        this XQrApplication application, string workspaceId, IEnumerable<Scan> scans, WriterTallies? tallies = null)
    {
        tallies ??= new();
        foreach (var batch in ScanBatch.Divide(scans, tallies.NewName))
        {
            await application.Service<ScanStore>().AppendAsync(workspaceId, batch, tallies, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Aggregates, and returns all scans since a time, including those of bots.</summary>
    public static async Task<List<Scan>> ScansAsync(this XQrApplication application, string workspaceId, DateTimeOffset since)
    {
        await application.AggregateAsync(workspaceId);
        return await application.Service<ScanArchiveStore>()
            .ReadAsync(workspaceId, new(since, since.AddDays(400)), pending: null, includeBots: true, TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);
    }

    public static Task AggregateAsync(this XQrApplication application, string workspaceId) =>
        application.Service<ScanAggregator>().CompleteAsync(workspaceId, budget: null, TestContext.Current.CancellationToken);

    /// <summary>Returns the clean-up of an instance at a time.</summary>
    public static CleanUpWork CleanUpAt(this XQrApplication application, DateTimeOffset now) => new(
        application.Service<ScanAggregator>(),
        application.Service<LinkPeriodSumStore>(),
        application.Service<ScanArchiveStore>(),
        application.Service<ArchiveErasureStore>(),
        application.Service<DeletedLinkStore>(),
        application.Service<ScanWriterStore>(),
        application.Service<KnownWorkspaceStore>(),
        application.Service<IOptions<ScanOptions>>(),
        new FakeTimeProvider(now));

    /// <summary>Does the work of a message, as if nobody had done it before.</summary>
    public static async Task WorkAsync(this XQrApplication application, string work, string subject) =>
        await application.Service<WorkRunner>().RunAsync(new WorkMessage(work, subject).Text, tries: 2, TestContext.Current.CancellationToken);

    /// <summary>Erases a deleted link without a run of the aggregation, and leaves the days' visitors as they are.</summary>
    public static async Task EraseAsync(this XQrApplication application, string workspaceId, Guid link)
    {
        var rows = new StatisticsRows(application.Service<Tables>().Workspaces, workspaceId);
        var erasure = new LinkErasure(
            application.Service<ErasureStore>(), application.Service<PendingWorkStore>(), rows, [link], new HashSet<DateOnly>());
        while (Assert.NotNull(await erasure.TryStepAsync(TestContext.Current.CancellationToken)))
        {
        }
    }

    /// <summary>The statistics of all days.</summary>
    public static Task<IReadOnlyList<DailyStatistics>> DaysAsync(this XQrApplication application, string workspaceId, bool includeBots = false) =>
        application.Service<StatisticsStore>()
            .ReadDaysAsync(
                workspaceId, linkId: null, null, DateOnly.MaxValue, All, includeBots, PendingScans.None, TestContext.Current.CancellationToken);

    /// <summary>The statistics of all days of a link.</summary>
    public static Task<IReadOnlyList<DailyStatistics>> LinkDaysAsync(
        this XQrApplication application, string workspaceId, Guid linkId, bool includeBots = false) =>
        application.Service<StatisticsStore>()
            .ReadDaysAsync(
                workspaceId, linkId, null, DateOnly.MaxValue, All, includeBots, PendingScans.None, TestContext.Current.CancellationToken);

    /// <summary>The scans of all links.</summary>
    public static Task<IReadOnlyDictionary<Guid, long>> LinkTotalsAsync(
        this XQrApplication application, string workspaceId, bool includeBots = false) =>
        application.Service<LinkTotalsStore>()
            .ReadAsync(workspaceId, null, DateOnly.MaxValue, includeBots, PendingScans.None, TestContext.Current.CancellationToken);

    /// <summary>A new workspace with links.</summary>
    public static async Task<(TestWorkspace Workspace, Guid[] Links)> NewLinksAsync(this ServiceFixture service, int count)
    {
        var workspace = await service.NewWorkspaceAsync();
        var links = new List<Guid>();
        for (var i = 0; i < count; i++)
        {
            links.Add((await workspace.Client.NewLinkAsync()).GetProperty("id").GetGuid());
        }

        return (workspace, [.. links]);
    }

    public static async Task DeleteLinkAsync(this TestWorkspace workspace, Guid link) =>
        Assert.True((await workspace.Client.DeleteAsync($"/api/v1/links/{link}")).IsSuccessStatusCode);

    /// <summary>Deletes links with pauses between them, for others to do something.</summary>
    public static async Task DeleteLinksSlowlyAsync(this TestWorkspace workspace, IEnumerable<Guid> links)
    {
        foreach (var link in links)
        {
            await Task.Delay(60);
            await workspace.DeleteLinkAsync(link);
        }
    }

    /// <summary>Does something some times, with pauses between them for others to do something.</summary>
    public static async Task AgainAndAgainAsync(Func<Task> act, int rounds = 5)
    {
        for (var round = 0; round < rounds; round++)
        {
            await act();
            await Task.Delay(20);
        }
    }

    /// <summary>The keys of a workspace's rows.</summary>
    public static async Task<List<string>> KeysAsync(this XQrApplication application, string workspaceId) =>
        await application.Service<Tables>().Workspaces
        .QueryAsync<TableEntity>(row => row.PartitionKey == workspaceId).Select(row => row.RowKey).ToListAsync(TestContext.Current.CancellationToken);

    private const StatisticsParts All = StatisticsParts.Counts | StatisticsParts.Visitors | StatisticsParts.VisitorsOfHour;
}
