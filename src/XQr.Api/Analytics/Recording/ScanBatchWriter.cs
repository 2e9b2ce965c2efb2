using Microsoft.Extensions.Logging;
using XQr.Api.Analytics.Quarantine;
using XQr.Api.Analytics.Scans;
using XQr.Api.Primitives;
using XQr.Api.Storage;

namespace XQr.Api.Analytics.Recording;

/// <summary>Stores the batches of one workspace one after another. Retries each until it is in storage or in the quarantine.</summary>
internal sealed partial class ScanBatchWriter(
    string workspaceId,
    ScanStore store,
    SemaphoreSlim writes,
    AggregationReminder aggregation,
    RefusedBatches refused,
    TimeProvider time,
    ILogger logger) : IDisposable
{
    /// <summary>The maximum number of links of the workspace whose tallies are merged at once.</summary>
    private const int MaxMerges = 4;

    private static readonly TimeSpan FirstRetryDelay = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan MaxRetryDelay = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim storing = new(1);
    private readonly WriterTallies tallies = new();

    /// <summary>Gets whether nothing is in memory. Only valid while no batch is stored and no tally is merged.</summary>
    public bool IsIdle => tallies.IsEmpty && refused.IsEmpty && !aggregation.IsNeeded;

    /// <summary>Returns an id for a batch.</summary>
    public string NewId() => tallies.NewName();

    /// <summary>Stores a batch, and retries during an outage of storage.</summary>
    /// <returns>True if the table has the batch. Otherwise it is in the quarantine or waits for it.</returns>
    public async Task<bool> StoreAsync(ScanBatch batch)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await TryStoreAsync(batch) is { } isStored)
            {
                return isStored;
            }

            await Task.Delay(Backoff.Delay(FirstRetryDelay, attempt, MaxRetryDelay), time);
        }
    }

    /// <summary>
    /// Merges the tallies of links without a scan since a time. Also requests the aggregation of stored scans, and retries failed moves to the
    /// quarantine.
    /// </summary>
    public async Task MergeAsync(DateTimeOffset idleSince, CancellationToken cancellationToken)
    {
        await aggregation.SendAsync(cancellationToken);
        IReadOnlyList<(Guid LinkId, Tally Tally)> idle;
        await storing.WaitAsync(cancellationToken);
        try
        {
            idle = tallies.TakeIdle(idleSince);
            await refused.MoveAsync(cancellationToken);
        }
        finally
        {
            storing.Release();
        }

        await Parallel.ForEachAsync(
            idle,
            new ParallelOptions { MaxDegreeOfParallelism = MaxMerges, CancellationToken = cancellationToken },
            async (entry, token) => await store.MergeAsync(workspaceId, entry.LinkId, entry.Tally, token));
    }

    /// <summary>Counts batches that are still waiting for the quarantine as lost.</summary>
    public void Dispose()
    {
        refused.LoseAll();
        storing.Dispose();
    }

    /// <returns>True if the table has the batch; null to retry.</returns>
    private async Task<bool?> TryStoreAsync(ScanBatch batch)
    {
        await storing.WaitAsync();
        try
        {
            await AppendAsync(batch);
            aggregation.Need();
            return true;
        }
        catch (Exception exception) when (StorageFailure.IsPermanent(exception))
        {
            await refused.AddAsync(batch, exception);
            return false;
        }
        catch (Exception exception)
        {
            // The scans stay in memory and are retried.
            Log.NotStored(logger, batch.Scans.Count, exception);
            return null;
        }
        finally
        {
            storing.Release();
        }
    }

    private async Task AppendAsync(ScanBatch batch)
    {
        await writes.WaitAsync();
        try
        {
            await store.AppendAsync(workspaceId, batch, tallies, CancellationToken.None);
        }
        finally
        {
            writes.Release();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            1,
            LogLevel.Warning,
            "{Count} scans could not be stored. They stay in memory and are retried. "
            + "If this continues, check the storage account and the app's role assignments.")]
        public static partial void NotStored(ILogger logger, int count, Exception exception);
    }
}
