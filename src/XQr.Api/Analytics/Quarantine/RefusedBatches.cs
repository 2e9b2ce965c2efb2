using Microsoft.Extensions.Logging;
using XQr.Api.Analytics.Scans;
using XQr.Api.Storage;

namespace XQr.Api.Analytics.Quarantine;

/// <summary>
/// Moves batches of one workspace that storage refused to the quarantine. They wait in memory while the quarantine is unavailable, and do not
/// block other batches. The type is not thread-safe.
/// </summary>
internal sealed partial class RefusedBatches(string workspaceId, QuarantineBlobs quarantine, ScanMetrics metrics, ILogger logger)
{
    /// <summary>The maximum number of batches in memory. A batch has up to 2,000 scans, about 500 KB.</summary>
    private const int MaxWaiting = 20;

    private readonly Queue<(ScanBatch Batch, Exception Refusal)> waiting = new();

    /// <summary>Gets whether no batch waits.</summary>
    public bool IsEmpty => waiting.Count == 0;

    /// <summary>Adds a batch, and tries to move all waiting batches.</summary>
    public async Task AddAsync(ScanBatch batch, Exception refusal)
    {
        if (waiting.Count == MaxWaiting)
        {
            Lose(batch, refusal);
            return;
        }

        waiting.Enqueue((batch, refusal));
        await MoveAsync(CancellationToken.None);
    }

    /// <summary>Moves the waiting batches to the quarantine until a call fails.</summary>
    public async Task MoveAsync(CancellationToken cancellationToken)
    {
        while (waiting.TryPeek(out var next))
        {
            try
            {
                await quarantine.AddAsync(workspaceId, next.Batch, ReasonOf(next.Refusal), cancellationToken);
                metrics.AddRefusedBatch();
                Log.Quarantined(logger, next.Batch.Id, next.Batch.Scans.Count, workspaceId, next.Refusal);
            }
            catch (Exception exception) when (StorageFailure.IsOfStorage(exception))
            {
                Log.Waiting(logger, waiting.Count, exception);
                return;
            }
            catch (Exception exception)
            {
                Lose(next.Batch, exception);
            }

            waiting.Dequeue();
        }
    }

    /// <summary>Counts and logs the waiting batches as lost when the process ends.</summary>
    public void LoseAll()
    {
        while (waiting.TryDequeue(out var next))
        {
            Lose(next.Batch, next.Refusal);
        }
    }

    private void Lose(ScanBatch batch, Exception exception)
    {
        metrics.AddLost(batch.Scans.Count);
        Log.Lost(logger, batch.Scans.Count, workspaceId, exception);
    }

    /// <summary>Returns a reason without characters that the metadata of a blob cannot contain.</summary>
    private static string ReasonOf(Exception refusal) => StorageFailure.CodeOf(refusal) ?? refusal.GetType().Name;

    private static partial class Log
    {
        [LoggerMessage(
            1,
            LogLevel.Error,
            "Storage refused batch {Batch} with {Count} scans of workspace {WorkspaceId}; it is in the quarantine and not counted. "
            + "See the runbook, scans-quarantined.")]
        public static partial void Quarantined(ILogger logger, string batch, int count, string workspaceId, Exception exception);

        [LoggerMessage(
            2,
            LogLevel.Error,
            "The quarantine cannot take batches of scans: {Count} wait in memory. Check the container quarantine and the app's role assignments.")]
        public static partial void Waiting(ILogger logger, int count, Exception exception);

        [LoggerMessage(
            3,
            LogLevel.Error,
            "{Count} scans of workspace {WorkspaceId} are lost: neither the table nor the quarantine took them. See the runbook, scans-lost.")]
        public static partial void Lost(ILogger logger, int count, string workspaceId, Exception exception);
    }
}
