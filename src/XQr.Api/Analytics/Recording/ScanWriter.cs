using Microsoft.Extensions.Logging;
using XQr.Api.Analytics.Scans;
using XQr.Api.Analytics.Visitors;
using XQr.Api.Background;

namespace XQr.Api.Analytics.Recording;

/// <summary>
/// Stores the scans of one workspace by group commit: while one write is in progress, the next scans gather, and one transaction stores all of
/// them. A write waits briefly until the group is as large as the previous one plus the scans that arrived during its write, because visitors
/// that it released may come back first.
/// </summary>
internal sealed partial class ScanWriter(
    string workspaceId,
    ScanBatchWriter batches,
    PendingShare pending,
    VisitorNumbers visitors,
    ScanOptions options,
    TimeProvider time,
    ScanMetrics metrics,
    BackgroundWork background,
    ILogger logger) : IDisposable
{
    /// <summary>The target size of a group if no redirect waits for it.</summary>
    private const int UnawaitedGroupSize = 5_000;

    private readonly Lock gate = new();
    private ScanGroup? group;
    private TaskCompletionSource? groupReady;
    private Task? running;
    private int targetGroupSize = 1;
    private bool stopping;

    /// <summary>Gets whether no scan or tally is in memory.</summary>
    public bool IsIdle
    {
        get
        {
            lock (gate)
            {
                return running is null && batches.IsIdle;
            }
        }
    }

    private bool NobodyWaits => options.CommitWaitTime == TimeSpan.Zero;

    private TimeSpan GatheringTimeout => NobodyWaits ? TimeSpan.FromMilliseconds(250) : options.CommitWaitTime * 0.8;

    /// <summary>Adds a visit.</summary>
    /// <returns>A task that completes when the scan is stored, or when the maximum time is over.</returns>
    public Task Add(Visit visit)
    {
        var bytes = visit.EstimateBytes();
        if (!pending.TryTake(bytes))
        {
            metrics.AddLost(1);
            return Task.CompletedTask;
        }

        lock (gate)
        {
            group ??= new ScanGroup(options.CommitWaitTime, time);
            group.Bytes += bytes;
            group.Visits.Add(visit);
            if (group.Visits.Count >= targetGroupSize)
            {
                groupReady?.TrySetResult();
            }

            running ??= Task.Run(RunAsync);
            return group.Released;
        }
    }

    /// <summary>Stores the scans in memory without waiting for more.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        Task? rest;
        lock (gate)
        {
            stopping = true;
            groupReady?.TrySetResult();
            rest = running;
        }

        await (rest ?? Task.CompletedTask).WaitAsync(cancellationToken);
    }

    /// <inheritdoc cref="ScanBatchWriter.MergeAsync"/>
    public Task MergeAsync(DateTimeOffset idleSince, CancellationToken cancellationToken) => batches.MergeAsync(idleSince, cancellationToken);

    public void Dispose() => batches.Dispose();

    private async Task RunAsync()
    {
        while (true)
        {
            await WaitForGroupAsync();
            ScanGroup taken;
            lock (gate)
            {
                if (group is null)
                {
                    running = null;
                    return;
                }

                (taken, group) = (group, null);
            }

            using (taken)
            {
                await background.TryRunAsync("store-scans", _ => StoreAsync(taken.Visits), CancellationToken.None);
                pending.Release(taken.Bytes);
                lock (gate)
                {
                    targetGroupSize = NobodyWaits ? UnawaitedGroupSize : taken.Visits.Count + (group?.Visits.Count ?? 0);
                }
            }
        }
    }

    private async Task WaitForGroupAsync()
    {
        Task ready;
        lock (gate)
        {
            if (group is null || group.Visits.Count >= targetGroupSize || stopping)
            {
                return;
            }

            groupReady = new(TaskCreationOptions.RunContinuationsAsynchronously);
            ready = groupReady.Task;
        }

        await Task.WhenAny(ready, Task.Delay(GatheringTimeout, time));
    }

    private async Task StoreAsync(IReadOnlyList<Visit> visits)
    {
        foreach (var batch in await DivideAsync(visits))
        {
            if (await batches.StoreAsync(batch))
            {
                metrics.AddStored(batch.Scans.Count);
            }
        }
    }

    /// <summary>Divides visits into batches. After a failure it tries each visit separately, so only the failing ones are lost.</summary>
    private async Task<IReadOnlyList<ScanBatch>> DivideAsync(IReadOnlyList<Visit> visits)
    {
        try
        {
            return [.. ScanBatch.Divide(await visitors.NumberAsync(workspaceId, visits), batches.NewId)];
        }
        catch (Exception exception) when (visits.Count == 1)
        {
            metrics.AddLost(1);
            Log.Lost(logger, exception);
            return [];
        }
        catch (Exception)
        {
            var divided = new List<ScanBatch>();
            foreach (var visit in visits)
            {
                divided.AddRange(await DivideAsync([visit]));
            }

            return divided;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            1,
            LogLevel.Error,
            "A scan could not be prepared for storage and is lost; the others are stored. Report the exception as a bug.")]
        public static partial void Lost(ILogger logger, Exception exception);
    }
}
