using System.Diagnostics.Metrics;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using XQr.Api.Analytics.Quarantine;
using XQr.Api.Analytics.Scans;
using XQr.Api.Storage;
using XQr.Testing;
using XQr.Testing.Storage;

namespace XQr.Api.IntegrationTests.Analytics;

/// <summary>Batches that storage refuses and rows that cannot be read move to the quarantine, and nothing else waits for them.</summary>
public sealed class QuarantineTests(ServiceFixture service)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private readonly ScanSeed seed = new(5);

    private XQrApplication Application => service.Application;

    [Theory]
    [InlineData(400, "InvalidInput")]
    [InlineData(413, "RequestBodyTooLarge")]
    public async Task BatchRefused_QuarantinedAndLaterScansAreStored(int status, string code)
    {
        var refusals = new StorageRefusals();
        await using var instance = await service.StartAnotherAsync(services: services => services.AddSingleton<HttpPipelinePolicy>(refusals));
        using var quarantined = new CounterReader(instance.Service<IMeterFactory>(), "xqr.scans.quarantined");
        using var stored = new CounterReader(instance.Service<IMeterFactory>(), "xqr.scans.stored");
        var workspace = await service.NewWorkspaceAsync();
        var link = await workspace.Client.NewLinkAsync();
        await instance.Client.VisitAsync(link.Text("short_code"), method: HttpMethod.Head);

        refusals.Refuse(status, code, "$batch");
        await instance.Client.VisitAsync(link.Text("short_code"));
        await Eventually.TrueAsync(async () => await QuarantinedAsync(instance, workspace.Id) is [_], "The batch is in the quarantine.");
        refusals.Allow();
        await instance.Client.VisitAsync(link.Text("short_code"));

        await Eventually.TrueAsync(
            async () => (await workspace.Client.LinkAsync(link.Text("id"))).Number("scan_count") == 1, "The next scan is stored.");
        await Eventually.TrueAsync(() => Task.FromResult(stored.Total == 1), "The stored scan is counted.");
        Assert.Equal((1, 1), (quarantined["refused"], quarantined.Total));
        var (id, reason) = Assert.Single(await QuarantinedAsync(instance, workspace.Id));
        Assert.Equal($"{status} {code}", reason);
        Assert.Equal(
            link.Text("id"), Assert.Single(await instance.Service<QuarantineBlobs>().ReadAsync(workspace.Id, id, Cancellation)).LinkId.ToString());
        Assert.Contains(
            instance.Logs.All,
            line => line.StartsWith("Error", StringComparison.Ordinal) && line.Contains("scans-quarantined", StringComparison.Ordinal));
    }

    [Fact]
    public async Task QuarantineUnavailable_LaterScansAreStoredAndTheBatchGoesThereAtTheStop()
    {
        var (table, blobs) = (new StorageRefusals(), new StorageRefusals());
        await using var instance = await service.StartAnotherAsync(services: services =>
            services.AddSingleton<HttpPipelinePolicy>(table).AddSingleton<HttpPipelinePolicy>(blobs));
        var workspace = await service.NewWorkspaceAsync();
        var link = await workspace.Client.NewLinkAsync();
        await instance.Client.VisitAsync(link.Text("short_code"), method: HttpMethod.Head);

        blobs.Refuse(403, "AuthorizationFailure", "quarantine/");
        table.Refuse(400, "InvalidInput", "$batch");
        await instance.Client.VisitAsync(link.Text("short_code"));
        await Eventually.TrueAsync(
            () => Task.FromResult(instance.Logs.All.Any(line => line.Contains("wait in memory", StringComparison.Ordinal))),
            "The quarantine was tried.");
        table.Allow();
        await instance.Client.VisitAsync(link.Text("short_code"));
        await Eventually.TrueAsync(
            async () => (await workspace.Client.LinkAsync(link.Text("id"))).Number("scan_count") == 1, "The next scan is stored.");
        Assert.Empty(await QuarantinedAsync(Application, workspace.Id));

        blobs.Allow();
        await instance.StopAsync();

        Assert.Single(await QuarantinedAsync(Application, workspace.Id));
    }

    [Theory]
    [InlineData("s2026032900aaaa", "09")]
    [InlineData("s2026032900aaaa", "")]
    [InlineData("s2026032900aaaa", "02FFFFFFFF07")]
    [InlineData("s2026032900aaaa", "0201")]
    [InlineData("s2026032900aaaa", null)]
    [InlineData("sother", "0200000000")]
    [InlineData("s+2026x329", "")]
    [InlineData("s-nothing", "")]
    public async Task RowUnreadable_MovedAndNothingElseIsHeldUp(string rowKey, string? data)
    {
        var (workspace, links) = await service.NewLinksAsync(2);
        var scans = seed.New(60, links, hours: 6);
        await seed.StoreAsync(Application, workspace.Id, scans[..30]);
        var row = new TableEntity(workspace.Id, rowKey) { ["Data0"] = data is null ? null : Convert.FromHexString(data), ["Scans"] = 1 };
        await Table.AddEntityAsync(row, Cancellation);
        await seed.StoreAsync(Application, workspace.Id, scans[30..]);
        await workspace.DeleteLinkAsync(links[0]);

        Assert.True((await workspace.Client.GetAsync("/api/v1/analytics/summary")).IsSuccessStatusCode);

        await Application.AggregateAsync(workspace.Id);
        await Recount.AssertAsync(Application, workspace.Id, [.. scans.Where(scan => scan.LinkId != links[0])]);
        Assert.Equal([rowKey], await Application.Service<QuarantineStore>().ListAsync(workspace.Id, Cancellation).ToListAsync(Cancellation));
        Assert.DoesNotContain(rowKey, await Application.KeysAsync(workspace.Id));
        Assert.False(await Application.Service<QuarantineStore>().TryRestoreAsync(workspace.Id, rowKey, Cancellation));
    }

    [Fact]
    public async Task QuarantinedRowReadableLater_RestoredAndCountedOnce()
    {
        var (workspace, links) = await service.NewLinksAsync(2);
        var scans = seed.New(40, links, hours: 1);
        await seed.StoreAsync(Application, workspace.Id, scans);
        var rows = await Table.QueryPrefix(workspace.Id, "s", null, Cancellation).ToListAsync(Cancellation);
        var quarantine = Application.Service<QuarantineStore>();
        foreach (var row in rows)
        {
            await quarantine.AddAsync(workspace.Id, row, new InvalidDataException("As the test wants."), Cancellation);
        }

        await Application.AggregateAsync(workspace.Id);
        await Recount.AssertAsync(Application, workspace.Id, []);

        Assert.All(await Task.WhenAll(rows.Select(row => quarantine.TryRestoreAsync(workspace.Id, row.RowKey, Cancellation))), Assert.True);
        await Application.AggregateAsync(workspace.Id);

        await Recount.AssertAsync(Application, workspace.Id, scans);
        Assert.Empty(await quarantine.ListAsync(workspace.Id, Cancellation).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task RefusedBatchRetried_CountedOnceEvenIfTheRetryIsInterrupted()
    {
        var (workspace, links) = await service.NewLinksAsync(2);
        var scans = seed.New(40, links, hours: 1);
        var blobs = Application.Service<QuarantineBlobs>();
        await using var dying = await service.StartAnotherAsync();
        foreach (var batch in ScanBatch.Divide(scans, () => $"{Guid.NewGuid():N}"))
        {
            await blobs.AddAsync(workspace.Id, batch, "400 InvalidInput", Cancellation);
        }

        // The note, two lists, the blob, and the transaction, whose answer is lost.
        dying.Faults.DieAfter(4, loseNextResponse: true);
        await Assert.ThrowsAnyAsync<Exception>(async () => await RetryAsync(dying));
        await Application.AggregateAsync(workspace.Id);
        Assert.Contains(await Application.KeysAsync(workspace.Id), key => key[0] == 'r');

        Assert.All(await RetryAsync(Application), entry => Assert.True(entry.IsStored));
        await Application.AggregateAsync(workspace.Id);

        await Recount.AssertAsync(Application, workspace.Id, scans);
        Assert.Empty(await RetryAsync(Application));

        async Task<List<QuarantineEntry>> RetryAsync(XQrApplication instance) =>
            await instance.Service<QuarantineOperations>().RetryAsync(workspace.Id, Cancellation).ToListAsync(Cancellation);
    }

    [Fact]
    public async Task ArchiveRowUnreadable_AggregationErasureAndExportGoOn()
    {
        var (workspace, links) = await service.NewLinksAsync(2);
        var scans = seed.New(60, links, hours: 1);
        await seed.StoreAsync(Application, workspace.Id, scans[..30]);
        await Application.AggregateAsync(workspace.Id);
        foreach (var row in await Table.QueryPrefix(workspace.Id, "z", null, Cancellation).ToListAsync(Cancellation))
        {
            row["Data0"] = row.GetBinary("Data0")[..^1];
            await Table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, Cancellation);
        }

        await seed.StoreAsync(Application, workspace.Id, scans[30..]);
        await Application.AggregateAsync(workspace.Id);
        Assert.Equal(30, (await Application.ScansAsync(workspace.Id, ScanSeed.Start)).Count);
        Assert.Equal(scans.Count(scan => !scan.IsBot), (await Application.DaysAsync(workspace.Id)).Sum(day => day.Statistics.Scans));

        await workspace.DeleteLinkAsync(links[0]);
        await Application.CleanUpAt(ScanSeed.Start.AddDays(30)).RunAsync(workspace.Id, new(TimeProvider.System), Cancellation);
        Assert.NotEmpty(await Application.Service<QuarantineStore>().ListAsync(workspace.Id, Cancellation).ToListAsync(Cancellation));
        Assert.Equal(scans[30..].Count(scan => scan.LinkId == links[1]), (await Application.ScansAsync(workspace.Id, ScanSeed.Start)).Count);
    }

    [Theory]
    [InlineData("d20260329", "Counts0")]
    [InlineData("dl202603290", "Links0")]
    [InlineData("d20260329", "Visitors")]
    public async Task StatisticsRowUnreadable_SummaryAnswersAndOtherDaysAreAggregated(string rowKey, string property)
    {
        var (workspace, links) = await service.NewLinksAsync(1);
        await seed.StoreAsync(Application, workspace.Id, seed.New(50, ScanSeed.NewLinks(20), hours: 20));
        await Application.AggregateAsync(workspace.Id);
        var row = (await Table.FindAsync(workspace.Id, rowKey, Cancellation))!;
        row[property] = (byte[])[99, 1, 2];
        await Table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Merge, Cancellation);
        var later = seed.New(10, links, hours: 5).Select(scan => scan with { At = scan.At.AddDays(4) }).ToArray();
        await seed.StoreAsync(Application, workspace.Id, [.. seed.New(50, ScanSeed.NewLinks(20), hours: 20), .. later]);

        Assert.True((await workspace.Client.GetAsync("/api/v1/analytics/summary?period=all")).IsSuccessStatusCode);
        Assert.True((await workspace.Client.GetAsync("/api/v1/analytics/top-links?period=all")).IsSuccessStatusCode);

        await Application.AggregateAsync(workspace.Id);
        Assert.Equal(later.Length, (await Application.DaysAsync(workspace.Id, includeBots: true)).Where(day =>
            day.Day > new DateOnly(2026, 3, 30)).Sum(day => day.Statistics.Scans));
        Assert.Contains(await Application.KeysAsync(workspace.Id), key => key.StartsWith("s20260329", StringComparison.Ordinal));
    }

    private TableClient Table => Application.Service<Tables>().Workspaces;

    private static async Task<List<(string Id, string Reason)>> QuarantinedAsync(XQrApplication instance, string workspaceId) =>
        await instance.Service<QuarantineBlobs>().ListAsync(workspaceId, Cancellation).ToListAsync(Cancellation);
}
