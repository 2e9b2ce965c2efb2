using Azure.Data.Tables;
using XQr.Api.Analytics.Aggregation;
using XQr.Api.Analytics.Scans;
using XQr.Api.Analytics.Statistics;
using XQr.Api.Primitives;
using XQr.Api.Storage;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Analytics;

public sealed class ErasureTests(ServiceFixture service)
{
    private static readonly DateOnly First = new(2026, 3, 1);

    private readonly ScanSeed seed = new(2);

    private XQrApplication Application => service.Application;

    [Fact]
    public async Task Deleted_StatisticsMatchARecountWithoutTheLink()
    {
        var (workspace, links) = await service.NewLinksAsync(4);
        var scans = seed.New(600, links);
        await seed.StoreAsync(Application, workspace.Id, scans[..500], batch: 100);
        await Application.AggregateAsync(workspace.Id);
        await seed.StoreAsync(Application, workspace.Id, scans[500..], batch: 100);

        await workspace.DeleteLinkAsync(links[0]);
        await workspace.DeleteLinkAsync(links[3]);
        await Application.AggregateAsync(workspace.Id);

        await Recount.AssertAsync(Application, workspace.Id, Without(scans, links[0], links[3]));
        Assert.Empty(await Application.LinkDaysAsync(workspace.Id, links[0], includeBots: true));
        Assert.Equal(
            ["e", "e"], (await Application.KeysAsync(workspace.Id)).Where(key => key.EndsWith(Ids.Descending(links[0]), StringComparison.Ordinal)
            || key.EndsWith(Ids.Descending(links[3]), StringComparison.Ordinal)).Select(key => key[..1]));
    }

    [Fact]
    public async Task ScansComeAfterTheDeletion_AreDropped()
    {
        var (workspace, links) = await service.NewLinksAsync(3);
        var scans = seed.New(100, links);
        await workspace.DeleteLinkAsync(links[0]);
        await Application.AggregateAsync(workspace.Id);

        await seed.StoreAsync(Application, workspace.Id, scans, batch: 30);
        await Application.AggregateAsync(workspace.Id);

        await Recount.AssertAsync(Application, workspace.Id, Without(scans, links[0]));
    }

    [Fact]
    public async Task AllDeleted_NothingIsLeft()
    {
        var (workspace, links) = await service.NewLinksAsync(2);
        await seed.StoreAsync(Application, workspace.Id, seed.New(100, links), batch: 30);
        await Application.AggregateAsync(workspace.Id);

        await Task.WhenAll(links.Select(link => workspace.DeleteLinkAsync(link)));
        await Application.AggregateAsync(workspace.Id);

        await Recount.AssertAsync(Application, workspace.Id, []);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ProcessDiesAtAnyCall_ErasureContinues(bool callIsExecuted)
    {
        await using var dying = await service.StartAnotherAsync();
        for (var calls = 0; ; calls++)
        {
            var (workspace, links) = await service.NewLinksAsync(2);
            Guid[] others = ScanSeed.NewLinks(2);
            var scans = seed.New(40, [.. links, .. others], hours: 54);
            await seed.StoreAsync(Application, workspace.Id, scans);
            await Application.AggregateAsync(workspace.Id);
            await Task.WhenAll(links.Select(link => workspace.DeleteLinkAsync(link)));

            dying.Faults.DieAfter(calls, callIsExecuted);
            var died = await Record.ExceptionAsync(() => dying.AggregateAsync(workspace.Id)) is not null;
            dying.Faults.End();
            await Application.AggregateAsync(workspace.Id);

            await Recount.AssertAsync(Application, workspace.Id, Without(scans, links));
            if (!died)
            {
                Assert.True(calls > 10, "Nothing died: the test tests nothing.");
                return;
            }
        }
    }

    /// <summary>Days that are removed behind those in memory show how many are in memory.</summary>
    [Fact]
    public async Task LinkWithManyDays_FewAreInMemoryAtFirst()
    {
        var workspace = (await service.NewWorkspaceAsync()).Id;
        var link = ScanSeed.NewLinks(1)[0];
        var table = Application.Service<Tables>().Workspaces;
        await AddDaysAsync(workspace, link, Enumerable.Range(0, 30));

        var days = Application.Service<ErasureStore>().ReadDays(workspace, [link]);
        var read = new List<DateOnly> { (await days.NextAsync(CancellationToken.None))!.Day };
        await table.DeleteEntityAsync(workspace, StatisticsKeys.LinkDay(link, First.AddDays(10)));
        while (await days.NextAsync(CancellationToken.None) is { } next)
        {
            read.Add(next.Day);
        }

        Assert.Equal(Enumerable.Range(0, 30).Where(day => day != 10).Select(First.AddDays), read);
    }

    [Fact]
    public async Task LinksWithDifferentDays_EachDayIsReadOnce()
    {
        var workspace = (await service.NewWorkspaceAsync()).Id;
        var links = ScanSeed.NewLinks(5);
        var random = new Random(1);
        var expected = new HashSet<(DateOnly, Guid)>();
        foreach (var link in links)
        {
            int[] numbers = [.. Enumerable.Range(0, 60).Where(_ => random.Next(3) == 0)];
            expected.UnionWith(numbers.Select(day => (First.AddDays(day), link)));
            await AddDaysAsync(workspace, link, numbers);
        }

        var days = Application.Service<ErasureStore>().ReadDays(workspace, links);
        var read = new List<LinkDay>();
        while (await days.NextAsync(CancellationToken.None) is { } next)
        {
            read.Add(next);
        }

        Assert.Equal(read.Select(day => day.Day).Distinct().Order(), read.Select(day => day.Day));
        Assert.Equal(expected.Order(), read.SelectMany(day => day.Rows, (day, entry) => (day.Day, entry.Link)).Order());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AnswerIsLostAtAnyCall_ErasedOnce(bool callIsExecuted)
    {
        await using var unlucky = await service.StartAnotherAsync();
        for (var calls = 0; calls < 16; calls++)
        {
            var (workspace, links) = await service.NewLinksAsync(1);
            var scans = seed.New(30, [.. links, .. ScanSeed.NewLinks(2)], hours: 4);
            await seed.StoreAsync(Application, workspace.Id, scans);
            await Application.AggregateAsync(workspace.Id);
            await workspace.DeleteLinkAsync(links[0]);

            unlucky.Faults.LoseOneAfter(calls, callIsExecuted);
            await Record.ExceptionAsync(() => unlucky.AggregateAsync(workspace.Id));
            unlucky.Faults.End();
            await unlucky.AggregateAsync(workspace.Id);

            await Recount.AssertAsync(Application, workspace.Id, Without(scans, links));
        }
    }

    [Fact]
    public async Task DeletedWhileSeveralAggregate_StatisticsMatchARecount()
    {
        await using var other = await service.StartAnotherAsync();
        var (workspace, links) = await service.NewLinksAsync(6);
        var scans = seed.New(400, links, hours: 4);

        await Task.WhenAll(
            seed.StoreAsync(Application, workspace.Id, scans, batch: 20),
            AnalyticsAccess.AgainAndAgainAsync(() => Application.AggregateAsync(workspace.Id)),
            AnalyticsAccess.AgainAndAgainAsync(() => other.AggregateAsync(workspace.Id)),
            workspace.DeleteLinksSlowlyAsync(links[..4]));
        await Application.AggregateAsync(workspace.Id);

        await Recount.AssertAsync(Application, workspace.Id, Without(scans, links[..4]));
    }

    [Fact]
    public async Task MoreLinksThanAQueryReads_VisitorsAreLeftToTheBackground()
    {
        var requests = new RecordedRequests();
        await using var instance = await service.StartAnotherAsync(services: requests.Register);
        var (workspace, links) = await service.NewLinksAsync(1);
        Scan[] scans = [.. ScanSeed.NewLinks(501).Append(links[0]).Select(link => seed.New(1, [link], hours: 1)[0])];
        await seed.StoreAsync(Application, workspace.Id, scans);
        await Application.AggregateAsync(workspace.Id);
        await workspace.DeleteLinkAsync(links[0]);

        using var client = instance.NewClient(workspace.Key);
        var summary = await (await client.GetAsync("/api/v1/analytics/summary?period=all")).DataAsync();

        Assert.Equal(scans.Count(scan => !scan.IsBot && scan.LinkId != links[0]), summary.Number("total_scans"));
        Assert.Contains("s+20260328", await Application.KeysAsync(workspace.Id));
        Assert.Equal([workspace.Id], requests.All);

        await Application.AggregateAsync(workspace.Id);
        await Recount.AssertAsync(Application, workspace.Id, Without(scans, links));
    }

    [Fact]
    public async Task DeletedLinks_ErasedByTheNextQuery()
    {
        await using var instance = await service.StartAnotherAsync(services: new RecordedRequests().Register);
        var (workspace, links) = await service.NewLinksAsync(4);
        var scans = seed.New(300, links);
        await seed.StoreAsync(Application, workspace.Id, scans[..200]);
        await Application.AggregateAsync(workspace.Id);
        await seed.StoreAsync(Application, workspace.Id, scans[200..]);
        await workspace.DeleteLinkAsync(links[0]);
        await workspace.DeleteLinkAsync(links[1]);

        using var client = instance.NewClient(workspace.Key);
        var summary = await (await client.GetAsync("/api/v1/analytics/summary?period=all")).DataAsync();

        Scan[] left = [.. Without(scans, links[0], links[1]).Where(scan => !scan.IsBot)];
        Assert.Equal(left.Length, summary.Number("total_scans"));
        Assert.Equal(
            left.Where(scan => scan.Visitor != 0).Select(scan => (scan.At.UtcDateTime.Date, scan.Visitor)).Distinct().Count(),
            summary.Number("unique_visitors"));
        Assert.DoesNotContain(await Application.KeysAsync(workspace.Id), key => key is ['s', '-' or '+', ..]);
    }

    private async Task AddDaysAsync(string workspaceId, Guid link, IEnumerable<int> days) =>
        await Application.Service<Tables>().Workspaces.SubmitTransactionAsync(days.Select(day => new TableTransactionAction(
            TableTransactionActionType.Add, new TableEntity(workspaceId, StatisticsKeys.LinkDay(link, First.AddDays(day))) { ["Scans"] = 1L })));

    private static Scan[] Without(IEnumerable<Scan> scans, params Guid[] links) => [.. scans.Where(scan => !links.Contains(scan.LinkId))];
}
