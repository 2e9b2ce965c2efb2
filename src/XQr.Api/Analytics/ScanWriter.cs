using Microsoft.Extensions.Logging;
using XQr.Api.Analytics.Folding;
using XQr.Api.Analytics.Visitors;

namespace XQr.Api.Analytics;

/// <summary>
/// Stores the scans of one workspace by group commit: while one write is under way the next scans gather, and one transaction takes
/// all of them. A write waits a moment for as many as there were at the end of the last one, those it released included: where the
/// same visitors come again and again, they have to come back first.
/// </summary>
internal sealed partial class ScanWriter(
    string workspaceId, ScanStore store, FoldNoteStore notes, VisitorNumbers visitors, ScanOptions options, TimeProvider time, ILogger logger) : IDisposable
{
    /// <summary>How many scans end the gathering where nobody waits for them.</summary>
    private const int Many = 5_000;

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenNotes = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly SemaphoreSlim storing = new(1);
    private readonly TallyBook tallies = new();
    private ScanGroup? group;
    private TaskCompletionSource? together;
    private Task? running;
    private DateTimeOffset notedAt;
    private int company = 1;
    private bool stopping;

    private bool NobodyWaits => options.CommitWaitTime == TimeSpan.Zero;

    private TimeSpan GatheringTime => NobodyWaits ? TimeSpan.FromMilliseconds(250) : options.CommitWaitTime * 0.8;

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
            if (group.Visits.Count >= company)
            {
                together?.TrySetResult();
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
            together?.TrySetResult();
            rest = running;
        }

        await (rest ?? Task.CompletedTask).WaitAsync(cancellationToken);
    }

    /// <summary>Merges the tallies of links that were not followed since a time.</summary>
    public async Task MergeAsync(DateTimeOffset idleSince, CancellationToken cancellationToken)
    {
        IReadOnlyList<(Guid LinkId, Tally Tally)> idle;
        await storing.WaitAsync(cancellationToken);
        try
        {
            idle = tallies.TakeIdle(idleSince);
        }
        finally
        {
            storing.Release();
        }

        await Parallel.ForEachAsync(
            idle,
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken },
            async (entry, token) => await store.MergeAsync(workspaceId, entry.LinkId, entry.Tally, token));
    }

    public void Dispose() => storing.Dispose();

    private async Task RunAsync()
    {
        while (true)
        {
            await GatherAsync();
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
                await StoreAsync(taken.Visits);
                lock (gate)
                {
                    company = NobodyWaits ? Many : taken.Visits.Count + (group?.Visits.Count ?? 0);
                }
            }

            Telemetry.ScansStored.Add(taken.Visits.Count);
        }
    }

    private async Task GatherAsync()
    {
        Task coming;
        lock (gate)
        {
            if (group is null || group.Visits.Count >= company || stopping)
            {
                return;
            }

            together = new(TaskCreationOptions.RunContinuationsAsynchronously);
            coming = together.Task;
        }

        await Task.WhenAny(coming, Task.Delay(GatheringTime, time));
    }

    private async Task StoreAsync(IReadOnlyList<Visit> visits)
    {
        foreach (var batch in ScanBatch.Divide(await visitors.NumberAsync(workspaceId, visits), tallies.NewName))
        {
            for (var pause = TimeSpan.FromMilliseconds(50); !await TryStoreAsync(batch); pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
            {
                await Task.Delay(pause, time);
            }
        }
    }

    /// <summary>Before the scans, so that whatever dies in between, they are folded.</summary>
    private async Task NoteAsync()
    {
        var now = time.GetUtcNow();
        if (now - notedAt >= BetweenNotes)
        {
            await notes.AddAsync(workspaceId, CancellationToken.None);
            notedAt = now;
        }
    }

    private async Task<bool> TryStoreAsync(ScanBatch batch)
    {
        await storing.WaitAsync();
        try
        {
            await NoteAsync();
            await store.AppendAsync(workspaceId, batch, tallies, CancellationToken.None);
            return true;
        }
        catch (Exception exception)
        {
            // Whatever it is, the scans stay in memory and are tried again: they may be all that is left of somebody's visit.
            Log.NotStored(logger, batch.Scans.Count, exception);
            return false;
        }
        finally
        {
            storing.Release();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Count} scans could not be stored yet")]
        public static partial void NotStored(ILogger logger, int count, Exception exception);
    }
}
