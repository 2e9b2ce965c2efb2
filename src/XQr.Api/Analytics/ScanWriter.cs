using Microsoft.Extensions.Logging;
using XQr.Api.Analytics.Visitors;
using XQr.Api.Maintenance;

namespace XQr.Api.Analytics;

/// <summary>
/// Stores the scans of one workspace by group commit: while one write is under way the next scans gather, and one transaction takes
/// all of them. A write waits a moment for as many as there were at the end of the last one, those it released included: where the
/// same visitors come again and again, they have to come back first.
/// </summary>
internal sealed partial class ScanWriter(
    string workspaceId, ScanBatchWriter batches, VisitorNumbers visitors, ScanOptions options, TimeProvider time, ILogger logger) : IDisposable
{
    /// <summary>How many scans end the gathering where nobody waits for them.</summary>
    private const int UnawaitedGroupSize = 5_000;

    private readonly Lock gate = new();
    private ScanGroup? group;
    private TaskCompletionSource? groupReady;
    private Task? running;
    private int targetGroupSize = 1;
    private bool stopping;

    private bool NobodyWaits => options.CommitWaitTime == TimeSpan.Zero;

    private TimeSpan GatheringTimeout => NobodyWaits ? TimeSpan.FromMilliseconds(250) : options.CommitWaitTime * 0.8;

    /// <summary>Takes a scan.</summary>
    /// <returns>Ends once it is stored, or was waited for long enough.</returns>
    public Task Add(Visit visit)
    {
        lock (gate)
        {
            group ??= new ScanGroup(options.CommitWaitTime, time);
            if (group.Visits.Count >= options.MaxPending)
            {
                Telemetry.ScansLost.Add(1);
                return Task.CompletedTask;
            }

            group.Visits.Add(visit);
            if (group.Visits.Count >= targetGroupSize)
            {
                groupReady?.TrySetResult();
            }

            running ??= Task.Run(RunAsync);
            return group.Released;
        }
    }

    /// <summary>Stores what is still in memory, without waiting for more.</summary>
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
                await logger.TryRunAsync("store-scans", _ => StoreAsync(taken.Visits), CancellationToken.None);
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
                Telemetry.ScansStored.Add(batch.Scans.Count);
            }
        }
    }

    /// <summary>Divides visits into batches. Where one of them cannot be, the others are: each is tried by itself.</summary>
    private async Task<IReadOnlyList<ScanBatch>> DivideAsync(IReadOnlyList<Visit> visits)
    {
        try
        {
            return [.. ScanBatch.Divide(await visitors.NumberAsync(workspaceId, visits), batches.NewId)];
        }
        catch (Exception exception) when (visits.Count == 1)
        {
            Telemetry.ScansLost.Add(1);
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
        [LoggerMessage(1, LogLevel.Error, "A scan could not be prepared for storage and is lost; the others are stored. Report the exception as a bug.")]
        public static partial void Lost(ILogger logger, Exception exception);
    }
}
