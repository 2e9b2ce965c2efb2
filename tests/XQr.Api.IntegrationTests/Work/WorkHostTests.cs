using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using XQr.Api.IntegrationTests.Analytics;
using XQr.Api.Storage;
using XQr.Api.Work;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Work;

/// <summary>Background work of the whole application, each test on a storage of its own.</summary>
public sealed class WorkHostTests : IAsyncLifetime
{
    private readonly AzuriteFixture azurite = new();

    public ValueTask InitializeAsync() => azurite.InitializeAsync();

    public ValueTask DisposeAsync() => azurite.DisposeAsync();

    /// <summary>The log has one line: an error each minute would only hide others.</summary>
    [Fact]
    public async Task StorageThatWasNeverSetUp_IsCreated()
    {
        await using var instance = await XQrApplication.StartAsync(azurite.ConnectionString);
        await Task.WhenAll(
        [
            .. instance.Service<Tables>().All.Select(table => table.DeleteAsync()),
            .. instance.Service<Containers>().All.Select(container => container.DeleteAsync()),
            .. instance.Service<Queues>().All.Select(queue => queue.DeleteAsync()),
        ]);

        await instance.Service<WorkSweep>().RunAsync(TestContext.Current.CancellationToken);

        Assert.DoesNotContain(instance.Logs.All, line => line.StartsWith("Error", StringComparison.Ordinal));
        Assert.Single(instance.Logs.All, line => line.Contains("they were created", StringComparison.Ordinal));
        await (await instance.NewWorkspaceAsync()).Client.NewLinkAsync();
    }

    /// <summary>As after an upgrade that brings a new table.</summary>
    [Fact]
    public async Task TableThatWorkMisses_IsCreated()
    {
        await using var instance = await XQrApplication.StartAsync(azurite.ConnectionString);
        await instance.Service<Tables>().AssetWork.DeleteAsync();

        await instance.Service<WorkSweep>().RunAsync(TestContext.Current.CancellationToken);

        Assert.DoesNotContain(instance.Logs.All, line => line.StartsWith("Error", StringComparison.Ordinal));
        Assert.Empty(await instance.Service<Tables>().AssetWork.QueryAsync<TableEntity>().ToListAsync());
    }

    [Fact]
    public async Task HostWithoutTriggers_AggregatesAndRunsScheduledWork()
    {
        await using var instance = await XQrApplication.StartAsync(
            azurite.ConnectionString, configure: services => services.AddSingleton(TimeProvider.System).AddXQrWork());
        var (workspace, seed) = (await instance.NewWorkspaceAsync(), new ScanSeed(5));
        var scans = seed.New(50, ScanSeed.NewLinks(3));
        await seed.StoreAsync(instance, workspace.Id, scans);

        await instance.Service<WorkQueue>().RequestAsync(WorkNames.Aggregate, workspace.Id, TimeSpan.Zero, TestContext.Current.CancellationToken);

        await Eventually.TrueAsync(
            async () => (await instance.DaysAsync(workspace.Id)).Sum(day => day.Statistics.Scans) == scans.Count(scan => !scan.IsBot),
            "The scans are aggregated.");
        var schedule = instance.Service<WorkScheduleStore>();
        await Eventually.TrueAsync(
            async () => (await schedule.ReadAsync(TestContext.Current.CancellationToken)).ContainsKey("known-workspaces"),
            "The sweep has requested scheduled work.");
    }

    /// <summary>As at the first start: the services of the host begin before the queues exist.</summary>
    [Fact]
    public async Task QueueDoesNotExistYet_NoErrorAndTheWorkIsDoneLater()
    {
        await using var instance = await XQrApplication.StartAsync(
            azurite.ConnectionString, configure: services => services.AddSingleton(TimeProvider.System).AddSingleton<WorkService>());
        await instance.Service<Queues>().Work.DeleteAsync();
        using var consumer = instance.Service<WorkService>();
        await consumer.StartAsync(TestContext.Current.CancellationToken);
        while (!(await instance.Calls.DuringAsync(() => Task.Delay(50))).Any(call => call.Path.Contains("messages", StringComparison.Ordinal)))
        {
            // The consumer has not asked for messages yet.
        }

        await instance.Service<Queues>().Work.CreateAsync();
        await instance.Service<WorkQueue>().RequestAsync(WorkNames.Aggregate, "ws", TimeSpan.Zero, TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(
            async () => !await instance.Service<WorkNoteStore>().IsWaitingForAsync(new(WorkNames.Aggregate, "ws"), CancellationToken.None),
            "The work is done.");
        await consumer.StopAsync(TestContext.Current.CancellationToken);

        Assert.DoesNotContain(instance.Logs.All, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Application_LeavesBackgroundWorkToTheHost()
    {
        await using var instance = await XQrApplication.StartAsync(azurite.ConnectionString);

        Assert.DoesNotContain(instance.Service<IEnumerable<IHostedService>>(), hosted => hosted is WorkService or WorkSweepService);
    }
}
