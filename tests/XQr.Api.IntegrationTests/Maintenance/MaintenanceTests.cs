using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using XQr.Api.Maintenance;
using XQr.Api.Storage;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Maintenance;

public sealed class MaintenanceTests(ServiceFixture service) : IDisposable
{
    private readonly string leaseBlob = $"test-{Guid.NewGuid():N}";
    private readonly StillTime time = StillTime.AtPresent();
    private readonly LogLines logs = new();

    public void Dispose() => logs.Dispose();

    [Fact]
    public async Task TwoAtOnce_OneRuns()
    {
        var (started, finish) = (new TaskCompletionSource(), new TaskCompletionSource());
        var task = new TestTask("slow", async () =>
        {
            started.SetResult();
            await finish.Task;
        });
        var first = NewRunner(task).RunAsync(CancellationToken.None);
        await started.Task;

        Assert.False(await NewRunner(new TestTask("other")).RunAsync(CancellationToken.None));

        finish.SetResult();
        Assert.True(await first);
        Assert.Equal(1, task.Runs);
    }

    [Fact]
    public async Task Done_TheLeaseIsFreeAndWhatIsNotDueWaits()
    {
        var (often, seldom) = (new TestTask("often", every: TimeSpan.FromMinutes(1)), new TestTask("seldom", every: TimeSpan.FromHours(1)));
        for (var minute = 0; minute < 60; minute++)
        {
            // Another instance each time; a timer isn't exact.
            Assert.True(await NewRunner(often, seldom).RunAsync(CancellationToken.None));
            time.Advance(TimeSpan.FromSeconds(minute % 2 == 0 ? 59.9 : 60.1));
        }

        Assert.Equal((60, 1), (often.Runs, seldom.Runs));
        await NewRunner(often, seldom).RunAsync(CancellationToken.None);
        Assert.Equal(2, seldom.Runs);
    }

    [Fact]
    public async Task OneFails_TheOthersRunAndItIsDueAgain()
    {
        using var failures = new CounterReader(service.Application.Service<IMeterFactory>(), "xqr.background.failures");
        var failing = new TestTask("failing", () => throw new InvalidDataException("as the test wants"), TimeSpan.FromHours(1));
        var other = new TestTask("other", every: TimeSpan.FromHours(1));

        Assert.True(await NewRunner(failing, other).RunAsync(CancellationToken.None));
        Assert.True(await NewRunner(failing, other).RunAsync(CancellationToken.None));

        Assert.Equal((2, 1), (failing.Runs, other.Runs));
        Assert.Equal((2, 0), (failures["maintenance-failing"], failures["maintenance-other"]));
        Assert.Contains(logs.All, line => line.StartsWith("Error", StringComparison.Ordinal) && line.Contains("failing", StringComparison.Ordinal)
            && line.Contains("as the test wants", StringComparison.Ordinal));
    }

    [Fact]
    public async Task BrokenOff_TheLeaseIsFreeAndTheTaskIsDueAgain()
    {
        using var stop = new CancellationTokenSource();
        var task = new TestTask("stopped", () => stop.CancelAsync());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => NewRunner(task).RunAsync(stop.Token));

        Assert.True(await NewRunner(task).RunAsync(CancellationToken.None));
        Assert.Equal(2, task.Runs);
    }

    /// <summary>Once: an error each minute would only hide others.</summary>
    [Fact]
    public async Task StorageThatWasNeverSetUp_IsCreated()
    {
        await using var azurite = new AzuriteFixture();
        await azurite.InitializeAsync();
        await using var instance = await XQrApplication.StartAsync(azurite.ConnectionString);
        await Task.WhenAll(instance.Service<Tables>().All.Select(table => table.DeleteAsync()));
        await Task.WhenAll(instance.Service<Containers>().All.Select(container => container.DeleteAsync()));

        Assert.True(await instance.Service<MaintenanceRunner>().RunAsync(CancellationToken.None));

        Assert.DoesNotContain(instance.Logs.All, line => line.StartsWith("Error", StringComparison.Ordinal));
        Assert.Single(instance.Logs.All, line => line.Contains("they were created", StringComparison.Ordinal));
        await (await instance.NewWorkspaceAsync()).Client.NewLinkAsync();
    }

    /// <summary>As after an upgrade that brings a new table.</summary>
    [Fact]
    public async Task TableThatATaskMisses_IsCreated()
    {
        await using var azurite = new AzuriteFixture();
        await azurite.InitializeAsync();
        await using var instance = await XQrApplication.StartAsync(azurite.ConnectionString);
        await instance.Service<Tables>().ScanActivity.DeleteAsync();

        await instance.Service<MaintenanceRunner>().RunAsync(CancellationToken.None);

        Assert.DoesNotContain(instance.Logs.All, line => line.StartsWith("Error", StringComparison.Ordinal));
        Assert.Empty(await instance.Service<Tables>().ScanActivity.QueryAsync<Azure.Data.Tables.TableEntity>().ToListAsync());
    }

    [Fact]
    public async Task Host_RunsEveryTaskOfTheApplication()
    {
        // On a storage of its own: the tasks would work on what other tests have stored.
        await using var azurite = new AzuriteFixture();
        await azurite.InitializeAsync();
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var last = new TestTask("last");
        await using var instance = await XQrApplication.StartAsync(azurite.ConnectionString, configure: services => services
            .AddXQrMaintenance()
            .AddSingleton<IMaintenanceTask>(last)
            .AddSingleton<TimeProvider>(clock));

        // The maintenance begins ten seconds after the start.
        await Eventually.TrueAsync(
            () =>
            {
                clock.Advance(TimeSpan.FromSeconds(1));
                return Task.FromResult(last.Runs > 0);
            },
            "The maintenance runs.");

        Assert.Contains("scans", (await instance.Service<MaintenanceStore>().FindRunsAsync(CancellationToken.None)).Keys);
        Assert.DoesNotContain(service.Application.Service<IEnumerable<IHostedService>>(), hosted => hosted is MaintenanceService);
    }

    private MaintenanceRunner NewRunner(params IMaintenanceTask[] tasks)
    {
        var loggers = LoggerFactory.Create(logging => logging.AddProvider(logs));
        var background = new BackgroundWork(service.Application.Service<BackgroundMetrics>(), loggers.CreateLogger<BackgroundWork>());
        return new(NewStore(service.Application.Service<Containers>()), tasks, time, background, loggers.CreateLogger<MaintenanceRunner>());
    }

    /// <summary>Creates a store with its own lease, so that tests don't wait for each other.</summary>
    private MaintenanceStore NewStore(Containers containers) => new(containers.Maintenance.GetBlobClient(leaseBlob));

    private sealed class TestTask(string name, Func<Task>? work = null, TimeSpan every = default) : IMaintenanceTask
    {
        public string Name => name;

        public TimeSpan Every => every;

        public int Runs { get; private set; }

        public async Task RunAsync(DateTimeOffset now, CancellationToken cancellationToken)
        {
            Runs++;
            await (work?.Invoke() ?? Task.CompletedTask);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
