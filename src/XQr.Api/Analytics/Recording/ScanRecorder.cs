using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using XQr.Api.Analytics.Quarantine;
using XQr.Api.Analytics.Scans;
using XQr.Api.Analytics.Visitors;
using XQr.Api.Maintenance;
using XQr.Api.Primitives;
using XQr.Api.Work;

namespace XQr.Api.Analytics.Recording;

/// <summary>Records scans. It never fails a redirect, and delays it for at most <see cref="ScanOptions.CommitWait"/>.</summary>
internal sealed partial class ScanRecorder : BackgroundService
{
    private static readonly TimeSpan MergeInterval = TimeSpan.FromMinutes(1);

    /// <summary>The interval at which idle writers are removed. Each new writer of a workspace adds a row for some days.</summary>
    private static readonly TimeSpan IdleInterval = TimeSpan.FromMinutes(30);

    private readonly KeyedState<string, ScanWriter> writers;
    private readonly DailySalts salts;
    private readonly TimeProvider time;
    private readonly BackgroundWork background;
    private readonly ILogger<ScanRecorder> logger;

    public ScanRecorder(
        ScanStore store,
        WorkQueue work,
        KnownWorkspaceStore known,
        QuarantineBlobs quarantine,
        PendingScans pending,
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
            var batches = new ScanBatchWriter(workspaceId, store, new(workspaceId, work, known, background), refused, time, logger);
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
            await ForEachWriterAsync((writer, token) => writer.FlushAsync(token), cancellationToken);
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

        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(MergeInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            salts.Forget();
            await background.TryRunAsync("merge-tallies", token => MergeAsync(time.GetUtcNow() - MergeInterval, token), stoppingToken);
        }
    }

    /// <summary>Merges the tallies of all writers, see <see cref="ScanBatchWriter.MergeAsync"/>.</summary>
    internal Task MergeAsync(DateTimeOffset idleSince, CancellationToken cancellationToken) =>
        ForEachWriterAsync((writer, token) => writer.MergeAsync(idleSince, token), cancellationToken);

    private Task ForEachWriterAsync(Func<ScanWriter, CancellationToken, Task> act, CancellationToken cancellationToken)
    {
        return Task.WhenAll(writers.UseAll().Select(RunAsync));

        async Task RunAsync(KeyedState<string, ScanWriter>.Lease writer)
        {
            using (writer)
            {
                await act(writer.State, cancellationToken);
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
