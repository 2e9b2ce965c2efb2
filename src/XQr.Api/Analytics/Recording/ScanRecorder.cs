using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using XQr.Api.Analytics.Quarantine;
using XQr.Api.Analytics.Scans;
using XQr.Api.Analytics.Visitors;
using XQr.Api.Background;
using XQr.Api.Primitives;
using XQr.Api.Storage;
using XQr.Api.Work;

namespace XQr.Api.Analytics.Recording;

/// <summary>Records scans. It never fails a redirect, and delays it for at most <see cref="ScanOptions.CommitWait"/>.</summary>
internal sealed partial class ScanRecorder : BackgroundService
{
    private static readonly TimeSpan MergeInterval = TimeSpan.FromMinutes(1);

    /// <summary>The interval at which idle writers are removed. Each new writer of a workspace adds a row for some days.</summary>
    private static readonly TimeSpan IdleInterval = TimeSpan.FromMinutes(30);

    private const string MergeWork = "merge-tallies";

    /// <summary>The maximum number of concurrent writes of batches. With more, storage and the thread pool only take longer for each.</summary>
    private const int MaxWrites = 128;

    /// <summary>The maximum number of workspaces whose tallies are merged at once.</summary>
    private const int MaxMerges = 8;

    /// <summary>The number of workspaces without storage after which a merge waits for the next interval.</summary>
    private const int MaxOutages = 16;

    private readonly KeyedState<string, ScanWriter> writers;
    private readonly SemaphoreSlim writes = new(MaxWrites);
    private readonly DailySalts salts;
    private readonly TimeProvider time;
    private readonly BackgroundWork background;
    private readonly ILogger<ScanRecorder> logger;

    public ScanRecorder(
        ScanStore store,
        WorkQueue work,
        KnownWorkspaceStore known,
        QuarantineBlobs quarantine,
        PendingBudget pending,
        DailySalts salts,
        VisitorNumbers visitors,
        IOptions<ScanOptions> options,
        TimeProvider time,
        ScanMetrics metrics,
        BackgroundWork background,
        ILogger<ScanRecorder> logger)
    {
        this.salts = salts;
        this.time = time;
        this.background = background;
        this.logger = logger;
        writers = new(NewWriter, IdleInterval, time, writer => writer.IsIdle);

        ScanWriter NewWriter(string workspaceId)
        {
            var share = pending.NewShare();
            var refused = new RefusedBatches(workspaceId, quarantine, share, metrics, logger);
            var batches = new ScanBatchWriter(workspaceId, store, writes, new(workspaceId, work, known, background), refused, time, logger);
            return new(workspaceId, batches, share, visitors, options.Value, time, metrics, background, logger);
        }
    }

    /// <summary>Gets the number of workspaces whose scans this instance has recorded lately.</summary>
    public int Writers => writers.Count;

    /// <summary>Records a visit. Does not throw.</summary>
    /// <param name="workspaceId">The workspace of the link.</param>
    /// <param name="visit">The visit.</param>
    /// <returns>A task that completes when the scan is stored, or when the maximum time is over.</returns>
    public Task RecordAsync(string workspaceId, Visit visit)
    {
        using var writer = writers.Use(workspaceId);
        return writer.State.Add(visit);
    }

    /// <summary>Stores the scans in memory, merges the tallies, and stops.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await FlushAsync(cancellationToken);
            await MergeAsync(time.GetUtcNow(), cancellationToken);
        }
        catch (Exception exception)
        {
            Log.StoppedEarly(logger, exception);
        }
    }

    public override void Dispose()
    {
        foreach (var writer in writers.UseAll())
        {
            writer.State.Dispose();
        }

        writes.Dispose();
        base.Dispose();
    }

    /// <summary>Runs two loops, so that a merge that takes long does not keep an expired salt.</summary>
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        return Task.WhenAll(RepeatAsync(KeepSaltsAsync), RepeatAsync(MergeIdleAsync));

        async Task RepeatAsync(Func<Task> act)
        {
            using var timer = new PeriodicTimer(MergeInterval, time);
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await act();
            }
        }

        Task KeepSaltsAsync()
        {
            salts.Forget();
            return background.TryRunAsync("read-salt", salts.ReadAheadAsync, stoppingToken);
        }

        Task MergeIdleAsync() =>
            background.TryRunAsync(MergeWork, token => MergeAsync(time.GetUtcNow() - MergeInterval, token), stoppingToken);
    }

    /// <summary>
    /// Merges the tallies of all writers, see <see cref="ScanBatchWriter.MergeAsync"/>. A writer that fails does not stop the others.
    /// </summary>
    internal async Task MergeAsync(DateTimeOffset idleSince, CancellationToken cancellationToken)
    {
        var outages = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = MaxMerges, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(writers.UseAll(), options, async (writer, token) =>
        {
            using (writer)
            {
                await MergeAsync(writer.State, token);
            }
        });

        async Task MergeAsync(ScanWriter writer, CancellationToken token)
        {
            try
            {
                await writer.MergeAsync(idleSince, token);
            }
            catch (Exception exception) when (!StorageFailure.IsOutage(exception) || Interlocked.Increment(ref outages) < MaxOutages)
            {
                background.ReportFailure(MergeWork, exception);
            }
        }
    }

    /// <summary>Waits until the scans in memory are stored. The writers share the limit of concurrent writes.</summary>
    private Task FlushAsync(CancellationToken cancellationToken)
    {
        return Task.WhenAll(writers.UseAll().Select(FlushAsync));

        async Task FlushAsync(KeyedState<string, ScanWriter>.Lease writer)
        {
            using (writer)
            {
                await writer.State.FlushAsync(cancellationToken);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            1,
            LogLevel.Error,
            "Scans could not be stored before the process ended; those still in memory are lost. "
            + "Check the storage account and the app's role assignments.")]
        public static partial void StoppedEarly(ILogger logger, Exception exception);
    }
}
