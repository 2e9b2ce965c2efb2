using Azure.Data.Tables;
using XQr.Api.Analytics.Statistics;
using XQr.Api.Storage;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Analytics;

/// <summary>A workspace with so many links that a day's counts do not fit a few rows.</summary>
public sealed class ManyLinksTests(ServiceFixture service)
{
    private static readonly DateOnly Day = DateOnly.FromDateTime(ScanSeed.Start.UtcDateTime);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private readonly ScanSeed seed = new(6);

    private XQrApplication Application => service.Application;

    [Fact]
    public async Task RowAtItsLimit_SplitAndCountedOn()
    {
        // Rows as an earlier version left them: of 1 MiB, at which storage refuses the next link.
        var (workspace, links) = await service.NewLinksAsync(3);
        var counts = ScanSeed.NewLinks(200_000).ToDictionary(link => link, _ => 1L);
        for (var shard = 0; shard < StatisticsKeys.Shards; shard++)
        {
            var row = new TableEntity(workspace.Id, StatisticsKeys.Links(Day, shard));
            LinkCountsRow.Set(row, DailyStatisticsRow.People, counts.Where(link => StatisticsKeys.ShardOf(link.Key) == shard).ToDictionary());
            LinkCountsRow.Set(row, DailyStatisticsRow.Bots, new Dictionary<Guid, long>());
            await Table.AddEntityAsync(row, Cancellation);
        }

        Guid[] followed = [.. links, .. ScanSeed.NewLinks(100)];
        var scans = seed.New(400, followed, hours: 1).Select(scan => scan with { IsBot = false }).ToArray();
        await seed.StoreAsync(Application, workspace.Id, scans, batch: 200);
        Assert.True((await workspace.Client.GetAsync("/api/v1/analytics/summary?period=all")).IsSuccessStatusCode);
        await Application.AggregateAsync(workspace.Id);

        foreach (var link in scans)
        {
            counts[link.LinkId] = counts.GetValueOrDefault(link.LinkId) + 1;
        }

        // Assert.Equal takes minutes for collections of this size.
        var totals = await Application.LinkTotalsAsync(workspace.Id);
        Assert.Equal(counts.Count, totals.Count);
        Assert.Empty(counts.Except(totals));
        Assert.Equal(scans.Length, (await Application.DaysAsync(workspace.Id)).Sum(day => day.Statistics.Scans));

        await workspace.DeleteLinkAsync(links[0]);
        await workspace.DeleteLinkAsync(links[1]);
        await Application.AggregateAsync(workspace.Id);
        Assert.Equal(counts.Count - links[..2].Count(counts.ContainsKey), (await Application.LinkTotalsAsync(workspace.Id)).Count);
        Assert.DoesNotContain(await Application.KeysAsync(workspace.Id), key => key[0] == 's');
    }

    private TableClient Table => Application.Service<Tables>().Workspaces;
}
