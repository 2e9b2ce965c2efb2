using Azure.Data.Tables;
using XQr.Api.Analytics.Scans;
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
        Scan[] scans = [.. seed.New(400, followed, hours: 1).Select(scan => WithoutVisitor(links, scan with { IsBot = false }))];
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

    [Fact]
    public async Task ShardWithTwoRows_VisitorsAreComputedFromBoth()
    {
        var (workspace, links) = await service.NewLinksAsync(1);
        Guid[] others = ScanSeed.NewLinks(100);
        var scans = seed.New(1_000, [.. links, .. others], hours: 1);
        await seed.StoreAsync(Application, workspace.Id, scans);
        await Application.AggregateAsync(workspace.Id);
        var splits = 0;
        foreach (var row in await Table.QueryPrefix(workspace.Id, StatisticsKeys.Links(Day), null, Cancellation).ToListAsync(Cancellation))
        {
            splits += await TrySplitAsync(row) ? 1 : 0;
        }

        Assert.True(splits > 0);
        await workspace.DeleteLinkAsync(links[0]);
        await Application.AggregateAsync(workspace.Id);

        await Recount.AssertAsync(Application, workspace.Id, [.. scans.Where(scan => scan.LinkId != links[0])]);
    }

    /// <summary>
    /// Moves the second half of a row's links to a second row of the shard. Links are in shards by chance, so a row may have too few.
    /// </summary>
    private async Task<bool> TrySplitAsync(TableEntity row)
    {
        var next = new TableEntity(row.PartitionKey, StatisticsKeys.Links(Day, StatisticsKeys.PartOf(row.RowKey).Shard, part: 1));
        foreach (var prefix in (string[])[DailyStatisticsRow.People, DailyStatisticsRow.Bots])
        {
            var counts = new Dictionary<Guid, long>();
            LinkCountsRow.Read(row, prefix, counts);
            if (counts.Count < 2)
            {
                return false;
            }

            LinkCountsRow.Set(row, prefix, counts.Take(counts.Count / 2).ToDictionary());
            LinkCountsRow.Set(next, prefix, counts.Skip(counts.Count / 2).ToDictionary());
        }

        await Table.SubmitTransactionAsync(
            [new(TableTransactionActionType.UpdateReplace, row, row.ETag), new(TableTransactionActionType.Add, next)], Cancellation);
        return true;
    }

    /// <summary>
    /// Removes the visitors of links that are deleted. Otherwise their deletion reads the day of each of the 200,000 links, to compute its
    /// visitors again, which <see cref="ErasureTests"/> tests with fewer links.
    /// </summary>
    private static Scan WithoutVisitor(Guid[] deleted, Scan scan) => deleted.Contains(scan.LinkId) ? scan with { Visitor = 0 } : scan;

    private TableClient Table => Application.Service<Tables>().Workspaces;
}
