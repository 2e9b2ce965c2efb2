using System.Net;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using XQr.Api.Analytics.Aggregation;
using XQr.Api.Analytics.Quarantine;
using XQr.Api.Analytics.Statistics;
using XQr.Api.Storage;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Analytics;

/// <summary>Storage transactions of queries in a workspace with many links, before and after their days are added up.</summary>
public sealed class LinkPeriodCostTests(ServiceFixture service)
{
    /// <summary>15 March: 30 days have two whole periods and 12 other days, and 90 days have eight and 10.</summary>
    private readonly StillTime time = new();

    private readonly ReadBytes bytes = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    /// <summary>
    /// Each day is a page, as with 160,000 links a day: storage ends a page at 4 MiB, which the emulator does not. A query reads the aggregation
    /// version and a page of sums, and then the other days, and the day after those before the first sum.
    /// </summary>
    [Fact]
    public async Task Queries_ReadSumsInsteadOfDays()
    {
        await using var instance = await service.StartAnotherAsync(services: services =>
        {
            time.Register(services);
            services.AddSingleton<HttpPipelinePolicy>(bytes);
            services.AddSingleton(provider => new LinkTotalsStore(
                provider.GetRequiredService<Tables>(), provider.GetRequiredService<LinkPeriodStore>(), provider.GetRequiredService<UnreadableRows>())
            {
                PageSize = StatisticsKeys.Shards,
            });
        });
        var workspace = await instance.NewWorkspaceAsync();
        await AddDaysAsync(instance, workspace.Id, links: 1_500, days: 120);
        await instance.UseAsync(workspace.Key);
        string[] queries = ["summary?period=30d", "summary?period=90d", "top-links?period=30d", "top-links?period=90d"];

        var before = await MeasureAsync();
        await AddUpAsync(instance, workspace.Id);
        var after = await MeasureAsync();

        // A summary reads the links of 30 days for any period. The other transactions are the pending scans, the days and counts.
        int[] others = [4, 4, 3, 3];
        Assert.Equal([30 + 2, 30 + 2, 30 + 2, 90 + 2], before.Select(cost => cost.Calls).Zip(others, (calls, other) => calls - other));
        Assert.Equal([13 + 2, 13 + 2, 13 + 2, 11 + 2], after.Select(cost => cost.Calls).Zip(others, (calls, other) => calls - other));
        Assert.InRange(after[2].Bytes, 1, before[2].Bytes * 0.51);
        Assert.InRange(after[3].Bytes, 1, before[3].Bytes * 0.22);

        async Task<List<(int Calls, long Bytes)>> MeasureAsync()
        {
            var costs = new List<(int, long)>();
            foreach (var query in queries)
            {
                var start = bytes.Total;
                var calls = await instance.Calls.CostAsync(
                    async () => Assert.Equal(HttpStatusCode.OK, (await workspace.Client.GetAsync($"/api/v1/analytics/{query}")).StatusCode));
                costs.Add((calls, bytes.Total - start));
            }

            return costs;
        }
    }

    [Fact]
    public async Task Addition_CostsAFewTransactionsForEachPeriod()
    {
        await using var instance = await service.StartAnotherAsync();
        var workspace = (await service.NewWorkspaceAsync()).Id;
        Assert.Equal(1, await CostAsync());
        await AddDaysAsync(instance, workspace, links: 20, days: 60);

        // The version, the stored periods, the first day, and the marks; and for each of six periods a page of days and the commit.
        Assert.Equal(4 + (6 * 2), await CostAsync());
        Assert.Equal(3, await CostAsync());
        time.Advance(TimeSpan.FromDays(10));
        Assert.Equal(4 + 2, await CostAsync());
        Assert.Equal(3, await CostAsync());

        async Task<int> CostAsync() => (await instance.Calls.DuringAsync(() => AddUpAsync(instance, workspace))).Length;
    }

    private async Task AddUpAsync(XQrApplication instance, string workspaceId) => Assert.True(
        await instance.Service<LinkPeriodSumStore>().AddUpAsync(workspaceId, Today, new(TimeProvider.System), Cancellation));

    /// <summary>Adds the scan counts of the same links on each of the last days.</summary>
    private async Task AddDaysAsync(XQrApplication instance, string workspaceId, int links, int days)
    {
        var table = instance.Service<Tables>().Workspaces;
        var shards = ScanSeed.NewLinks(links).ToLookup(StatisticsKeys.ShardOf);
        var rows = from day in Enumerable.Range(0, days) from shard in shards select RowOf(Today.AddDays(-day), shard);
        foreach (var some in rows.Chunk(100))
        {
            await table.SubmitTransactionAsync(some.Select(row => new TableTransactionAction(TableTransactionActionType.Add, row)), Cancellation);
        }

        await table.AddEntityAsync(
            new TableEntity(workspaceId, StatisticsKeys.AggregationVersion) { ["Sequence"] = 1L, ["Periods"] = 1L }, Cancellation);

        TableEntity RowOf(DateOnly day, IGrouping<int, Guid> shard)
        {
            var row = new TableEntity(workspaceId, StatisticsKeys.Links(day, shard.Key));
            LinkCountsRow.Set(row, DailyStatisticsRow.People, shard.ToDictionary(link => link, _ => 300L));
            return row;
        }
    }

    /// <summary>Adds up the bytes that storage sends.</summary>
    private sealed class ReadBytes : HttpPipelinePolicy
    {
        private long total;

        public long Total => Interlocked.Read(ref total);

        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            await ProcessNextAsync(message, pipeline);
            Interlocked.Add(ref total, message.Response.ContentStream is { CanSeek: true } content ? content.Length : 0);
        }

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
            throw new NotSupportedException("The application calls storage asynchronously.");
    }
}
