using Azure.Core;
using Azure.Core.Pipeline;
using Microsoft.Extensions.DependencyInjection;
using XQr.Api.Analytics.Scans;
using XQr.Api.Links;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Analytics;

/// <summary>A batch counts once, even if its writer never hears that it was stored.</summary>
public sealed class ScanStoreTests(ServiceFixture service)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private readonly ScanSeed seed = new(4);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AnswerLostAndBatchAggregatedBeforeTheRetry_CountedOnce(bool onlyBots)
    {
        await using var unlucky = await service.StartAnotherAsync();
        var (workspace, links) = await service.NewLinksAsync(2);
        var scans = Scans(links, onlyBots);
        var tallies = new WriterTallies();
        foreach (var batch in ScanBatch.Divide(scans, tallies.NewName))
        {
            unlucky.Faults.LoseOneAfter(0, isExecuted: true);
            await Assert.ThrowsAnyAsync<Exception>(() => AppendAsync(unlucky, workspace.Id, batch, tallies));
            Assert.True(unlucky.Faults.Happened);
            await service.Application.AggregateAsync(workspace.Id);

            await AppendAsync(unlucky, workspace.Id, batch, tallies);
        }

        await AssertCountedOnceAsync(workspace, links, scans);
    }

    [Fact]
    public async Task BatchAggregatedBeforeTheClientRetriesByItself_CountedOnce()
    {
        var (workspace, links) = await service.NewLinksAsync(2);
        var scans = Scans(links, onlyBots: false);
        var lost = new LostAnswer(() => service.Application.AggregateAsync(workspace.Id));
        await using var unlucky = await service.StartAnotherAsync(services: services => services.AddSingleton<HttpPipelinePolicy>(lost));

        await unlucky.StoreScansAsync(workspace.Id, scans);

        Assert.True(lost.Times > 1);
        await AssertCountedOnceAsync(workspace, links, scans);
    }

    [Fact]
    public async Task WriterRowRemoved_NextBatchIsStoredOnce()
    {
        var (workspace, links) = await service.NewLinksAsync(2);
        var scans = Scans(links, onlyBots: false);
        var tallies = new WriterTallies();
        await service.Application.StoreScansAsync(workspace.Id, scans[..50], tallies);

        await service.Application.Service<ScanWriterStore>().RemoveAsync(workspace.Id, DateTimeOffset.UtcNow.AddDays(1), Cancellation);
        Assert.DoesNotContain(await service.Application.KeysAsync(workspace.Id), key => key[0] == 'r');
        await service.Application.StoreScansAsync(workspace.Id, scans[50..], tallies);

        await AssertCountedOnceAsync(workspace, links, scans);
        Assert.Single(await service.Application.KeysAsync(workspace.Id), key => key[0] == 'r');
    }

    [Fact]
    public async Task RetriedForDaysAndTheWriterRowIsGone_RefusedInsteadOfCountedTwice()
    {
        var time = new OffsetTime();
        await using var unlucky = await service.StartAnotherAsync(services: time.Register);
        var (workspace, links) = await service.NewLinksAsync(1);
        var scans = seed.New(20, links, hours: 0.5);
        var tallies = new WriterTallies();
        var batch = Assert.Single(ScanBatch.Divide(scans, tallies.NewName));
        unlucky.Faults.LoseOneAfter(0, isExecuted: true);
        await Assert.ThrowsAnyAsync<Exception>(() => AppendAsync(unlucky, workspace.Id, batch, tallies));
        await service.Application.AggregateAsync(workspace.Id);
        await service.Application.Service<ScanWriterStore>().RemoveAsync(workspace.Id, DateTimeOffset.UtcNow.AddDays(1), Cancellation);

        time.Advance(ScanWriterStore.Retention);
        await Assert.ThrowsAsync<InvalidDataException>(() => AppendAsync(unlucky, workspace.Id, batch, tallies));

        await AssertCountedOnceAsync(workspace, links, scans);
    }

    private static Task AppendAsync(XQrApplication instance, string workspaceId, ScanBatch batch, WriterTallies tallies) =>
        instance.Service<ScanStore>().AppendAsync(workspaceId, batch, tallies, Cancellation);

    private Scan[] Scans(Guid[] links, bool onlyBots) =>
        [.. seed.New(100, links, hours: 4).Select(scan => scan with { IsBot = onlyBots || scan.IsBot })];

    private async Task AssertCountedOnceAsync(TestWorkspace workspace, Guid[] links, Scan[] scans)
    {
        await service.Application.AggregateAsync(workspace.Id);
        await Recount.AssertAsync(service.Application, workspace.Id, scans);
        foreach (var link in links)
        {
            DateTimeOffset[] times = [.. scans.Where(scan => scan.LinkId == link && !scan.IsBot).Select(scan => scan.At)];
            Assert.Equal(times.Length, (await workspace.Client.LinkAsync($"{link}")).Number("scan_count"));
            var stored = await service.Application.Service<LinkStore>().FindAsync(workspace.Id, link, Cancellation);
            var day = DateOnly.FromDateTime(ScanSeed.Start.UtcDateTime).AddDays(1);
            Assert.Equal([.. ((int[])[-1, 0]).Select(age => ScansOn(day.AddDays(age)))], stored!.RecentScans.Until(day)!.TakeLast(2));

            long ScansOn(DateOnly day) => times.Count(time => DateOnly.FromDateTime(time.UtcDateTime) == day);
        }
    }

    /// <summary>Loses the answer to each first attempt of a transaction, and does something before the client retries.</summary>
    private sealed class LostAnswer(Func<Task> beforeRetry) : HttpPipelinePolicy
    {
        private bool isRetry;

        public int Times { get; private set; }

        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            await ProcessNextAsync(message, pipeline);
            if (message.Request.Uri.Path.EndsWith("$batch", StringComparison.Ordinal) && (isRetry = !isRetry))
            {
                Times++;
                await beforeRetry();
                throw new IOException("The answer is lost, as the test wants.");
            }
        }

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();
    }
}
