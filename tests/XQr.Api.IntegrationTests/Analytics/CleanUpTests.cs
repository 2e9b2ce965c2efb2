using XQr.Api.Analytics.Scans;
using XQr.Api.Storage;
using XQr.Api.Work;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Analytics;

/// <summary>Single scans are kept for the configured time and then removed.</summary>
public sealed class CleanUpTests(ServiceFixture service)
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

        Assert.Equal([true, true, true, true, false, true, true, true], calls.Select(call => call.IsRead));
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

        await SweepAsync(Application, workspace.Id, (DateTimeOffset.UtcNow > Now ? DateTimeOffset.UtcNow : Now).AddDays(92));

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

        await SweepAsync(Application, workspace.Id, ScanSeed.Start.AddDays(90));

        Assert.NotEmpty(before);
        Assert.Equal(before, await StoredAsync(workspace.Id));
    }

    /// <summary>A scan that is stored as long after the deletion as scans are kept is still recognised as one of a deleted link.</summary>
    [Fact]
    public async Task ScansOfADeletedLinkMayStillCome_TheyAreDropped()
    {
        var (workspace, links) = await service.NewLinksAsync(2);
        await workspace.DeleteLinkAsync(links[0]);

        await SweepAsync(Application, workspace.Id, DateTimeOffset.UtcNow.AddDays(90));
        await seed.StoreAsync(Application, workspace.Id, seed.New(50, links));
        await Application.AggregateAsync(workspace.Id);

        Assert.Equal([links[1]], (await StoredAsync(workspace.Id)).Select(scan => scan.LinkId).Distinct());
    }

    /// <summary>Links that are deleted while the archive is cleaned over several messages lose their scans in the rows before too.</summary>
    [Fact]
    public async Task TimeIsUsedUp_TheNextMessageContinues()
    {
        var (workspace, links) = await service.NewLinksAsync(4);
        var scans = seed.New(200, links, hours: 30);
        await seed.StoreAsync(Application, workspace.Id, scans, batch: 100);
        await Application.AggregateAsync(workspace.Id);
        await workspace.DeleteLinkAsync(links[0]);
        await using var instance = await service.StartAnotherAsync(new Dictionary<string, string?> { ["Xqr:Scans:RawRetentionDays"] = "3650" });
        var cleanUp = instance.CleanUpAt(DateTimeOffset.UtcNow);
        var (continued, isSecondDeleted) = (0, false);

        for (var subject = workspace.Id; subject is not null;)
        {
            subject = await cleanUp.RunAsync(subject, new(new TickingTime(10)), TestContext.Current.CancellationToken);
            if (subject?.Contains(' ', StringComparison.Ordinal) == true)
            {
                continued++;
                if (!isSecondDeleted)
                {
                    isSecondDeleted = true;
                    await workspace.DeleteLinkAsync(links[1]);
                }
            }
        }

        Assert.True(continued > 2);
        Assert.Equal(links[2..].Order(), (await StoredAsync(workspace.Id)).Select(scan => scan.LinkId).Distinct().Order());
        await Recount.AssertAsync(Application, workspace.Id, [.. scans.Where(scan => scan.LinkId != links[0] && scan.LinkId != links[1])]);
    }

    [Fact]
    public async Task KnownWorkspaces_AreCleanedUpDaily()
    {
        var (workspace, links) = await service.NewLinksAsync(2);
        await Application.Service<KnownWorkspaceStore>().AddAsync(workspace.Id, TestContext.Current.CancellationToken);
        await seed.StoreAsync(Application, workspace.Id, seed.New(50, links));

        await Application.WorkAsync("known-workspaces", WorkShards.Of(workspace.Id));

        Assert.True(await Application.TakeRequestAsync(WorkNames.CleanUp, workspace.Id));
        await Application.WorkAsync(WorkNames.CleanUp, workspace.Id);
        Assert.NotEmpty(await Application.DaysAsync(workspace.Id));
    }

    [Theory]
    [InlineData("known")]
    [InlineData("recent")]
    public async Task WorkspacesOfTheVersionBefore_BecomeKnown(string partition)
    {
        var workspace = await service.NewWorkspaceAsync();
        await Application.Service<Tables>().ScanActivity.AddEntityAsync(
            new Azure.Data.Tables.TableEntity(partition, workspace.Id), TestContext.Current.CancellationToken);

        await Application.WorkAsync("known-workspaces", partition);

        Assert.Contains(workspace.Id, await Application.Service<KnownWorkspaceStore>()
            .ReadAsync(WorkShards.Of(workspace.Id), "", TestContext.Current.CancellationToken).ToListAsync());
    }

    private static Task SweepAsync(XQrApplication instance, string workspaceId) => SweepAsync(instance, workspaceId, Now);

    private static async Task SweepAsync(XQrApplication instance, string workspaceId, DateTimeOffset now) =>
        Assert.Null(await instance.CleanUpAt(now).RunAsync(workspaceId, new(TimeProvider.System), TestContext.Current.CancellationToken));

    /// <summary>The scans that are stored one by one, whether they are shown or not.</summary>
    private async Task<Scan[]> StoredAsync(string workspaceId) =>
    [
        .. await Application.Service<Tables>().Workspaces.QueryPrefix(workspaceId, "z", null, TestContext.Current.CancellationToken)
            .SelectMany(row => ScanBatchFormat.Read(row.GetBytes("Data"))).ToListAsync(TestContext.Current.CancellationToken),
    ];
}
