using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using XQr.Api.Analytics.Quarantine;
using XQr.Api.Analytics.Scans;
using XQr.Api.Analytics.Visitors;
using XQr.Api.Maintenance;

namespace XQr.Api.Analytics.Recording;

/// <summary>Records scans. It never fails a redirect, and delays it for at most <see cref="ScanOptions.CommitWait"/>.</summary>
internal sealed partial class ScanRecorder : BackgroundService
{
    private static readonly TimeSpan MergeInterval = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, ScanWriter> writers = new(StringComparer.Ordinal);
    private readonly Func<string, ScanWriter> newWriter;
    private readonly DailySalts salts;
    private readonly TimeProvider time;
    private readonly BackgroundWork background;
    private readonly ILogger<ScanRecorder> logger;

    public ScanRecorder(
        ScanStore store,
        ScanActivityStore activity,
        QuarantineBlobs quarantine,
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
        newWriter = workspaceId =>
        {
            var batches = new ScanBatchWriter(workspaceId, store, activity, quarantine, time, metrics, background, logger);
            return new ScanWriter(workspaceId, batches, visitors, options.Value, time, metrics, background, logger);
        };
    }

    /// <summary>Records a visit. Does not throw.</summary>
    /// <param name="workspaceId">The workspace of the link.</param>
    /// <param name="visit">The visit.</param>
    /// <returns>A task that completes when the scan is stored, or when the maximum time is over.</returns>
    public Task RecordAsync(string workspaceId, Visit visit) => writers.GetOrAdd(workspaceId, newWriter).Add(visit);

    /// <summary>Stores the scans in memory, merges the tallies, and stops.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await Task.WhenAll(writers.Values.Select(writer => writer.FlushAsync(cancellationToken)));
            await MergeAsync(time.GetUtcNow(), cancellationToken);
        }
        catch (Exception exception)
        {
            Log.StoppedEarly(logger, exception);
        }
    }

    public override void Dispose()
    {
        foreach (var writer in writers.Values)
        {
            writer.Dispose();
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

    private Task MergeAsync(DateTimeOffset idleSince, CancellationToken cancellationToken) =>
        Task.WhenAll(writers.Values.Select(writer => writer.MergeAsync(idleSince, cancellationToken)));

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
