using System.Diagnostics.Metrics;
using System.Net;
using Azure.Core.Pipeline;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using XQr.Api.Analytics.Recording;
using XQr.Api.Analytics.Scans;
using XQr.Api.Analytics.Visitors;
using XQr.Api.Primitives;
using XQr.Testing;
using XQr.Testing.Storage;

namespace XQr.Api.IntegrationTests.Analytics;

/// <summary>Writers of scans are removed when they are idle, and not before.</summary>
public sealed class ScanRecorderTests(ServiceFixture service)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly FakeTimeProvider time = new(ScanSeed.Start);

    [Fact]
    public async Task ManyWorkspacesSeenThenIdle_NoWriterIsLeft()
    {
        using var recorder = NewRecorder(service.Application);
        string[] workspaces = [.. Enumerable.Range(0, 20).Select(_ => NewId())];
        for (var round = 1; round <= 2; round++)
        {
            foreach (var workspace in workspaces)
            {
                await recorder.RecordAsync(workspace, NewVisit());
            }

            Assert.Equal(workspaces.Length, recorder.Writers);

            // A tally that is not merged keeps its writer.
            time.Advance(Hour);
            Assert.Equal(workspaces.Length, recorder.Writers);

            await recorder.MergeAsync(time.GetUtcNow(), CancellationToken.None);
            await Eventually.TrueAsync(
                () =>
                {
                    time.Advance(Hour);
                    return Task.FromResult(recorder.Writers == 0);
                },
                "No writer is left.");
            foreach (var workspace in workspaces)
            {
                Assert.Equal(round, (await service.Application.ScansAsync(workspace, ScanSeed.Start)).Count);
            }
        }
    }

    [Fact]
    public async Task BatchWaitsForTheQuarantine_WriterStays()
    {
        var (table, blobs) = (new StorageRefusals(), new StorageRefusals());
        await using var instance = await service.StartAnotherAsync(services: services =>
            services.AddSingleton<HttpPipelinePolicy>(table).AddSingleton<HttpPipelinePolicy>(blobs));
        using var recorder = NewRecorder(instance);
        table.Refuse(400, "InvalidInput", "$batch");
        blobs.Refuse(403, "AuthorizationFailure", "quarantine/");

        await recorder.RecordAsync(NewId(), NewVisit());
        time.Advance(10 * Hour);
        Assert.Equal(1, recorder.Writers);

        blobs.Allow();
        await recorder.MergeAsync(time.GetUtcNow(), CancellationToken.None);
        await Eventually.TrueAsync(
            () =>
            {
                time.Advance(Hour);
                return Task.FromResult(recorder.Writers == 0);
            },
            "No writer is left.");
    }

    [Fact]
    public async Task StorageDown_MemoryIsSharedAndOnlyTheRestIsLost()
    {
        const int Sent = 500;
        var refusals = new StorageRefusals();
        await using var instance = await service.StartAnotherAsync(services: services => services.AddSingleton<HttpPipelinePolicy>(refusals));
        using var lost = new CounterReader(instance.Service<IMeterFactory>(), "xqr.scans.lost");
        var pending = new PendingBudget(maxBytes: 100 * NewVisit().EstimateBytes());
        using var recorder = NewRecorder(instance, pending);
        var (first, second) = (NewId(), NewId());

        refusals.Refuse(503, "ServerBusy");
        Record(first);
        Assert.Equal(Sent - 50, lost.Total);
        Record(second);
        Assert.Equal((2 * Sent) - 75, lost.Total);
        Assert.Equal(75 * NewVisit().EstimateBytes(), pending.Bytes);

        refusals.Allow();
        await Eventually.TrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(5));
                return Task.FromResult(pending.Bytes == 0);
            },
            "The scans are stored.");
        Assert.Equal(50, (await service.Application.ScansAsync(first, ScanSeed.Start)).Count);
        Assert.Equal(25, (await service.Application.ScansAsync(second, ScanSeed.Start)).Count);
        Assert.Equal((2 * Sent) - 75, lost.Total);

        void Record(string workspace)
        {
            for (var scan = 0; scan < Sent; scan++)
            {
                _ = recorder.RecordAsync(workspace, NewVisit());
            }
        }
    }

    private static string NewId() => $"ws_{Ids.New(ScanSeed.Start)}";

    private static Visit NewVisit() =>
        new(new(Ids.New(ScanSeed.Start), ScanSeed.Start, "DE", "mobile", "Chrome", "Android", Scan.Direct), new(IPAddress.Loopback, "Test"));

    private ScanRecorder NewRecorder(XQrApplication instance, PendingBudget? pending = null) =>
        ActivatorUtilities.CreateInstance<ScanRecorder>(
            instance.Service<IServiceProvider>(), time, pending ?? instance.Service<PendingBudget>());
}
