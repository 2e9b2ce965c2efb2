using Microsoft.Extensions.Logging;
using XQr.Api.Analytics.Scans;
using XQr.Api.Storage;

namespace XQr.Api.Analytics.Quarantine;

/// <summary>
/// Moves batches of one workspace that storage refused to the quarantine. They wait in memory while the quarantine is unavailable, and do not
/// block other batches. The type is not thread-safe.
/// </summary>
internal sealed partial class RefusedBatches(
    string workspaceId, QuarantineBlobs quarantine, PendingShare pending, ScanMetrics metrics, ILogger logger)
{
    private readonly Queue<(ScanBatch Batch, Exception Refusal)> waiting = new();

    /// <summary>Gets whether no batch waits.</summary>
    public bool IsEmpty => waiting.Count == 0;

    /// <summary>Moves the waiting batches and a new one. A batch that the quarantine cannot take waits, or is lost if there is no memory.</summary>
    public async Task AddAsync(ScanBatch batch, Exception refusal)
    {
        await MoveAsync(CancellationToken.None);
        if (IsEmpty && await TryMoveAsync(batch, refusal, CancellationToken.None))
        {
            return;
        }

        if (pending.TryTake(batch.EstimateBytes()))
        {
            waiting.Enqueue((batch, refusal));
        }
        else
        {
            Lose(batch, refusal);
        }
    }

    /// <summary>Moves the waiting batches to the quarantine until a call fails.</summary>
    public async Task MoveAsync(CancellationToken cancellationToken)
    {
        while (waiting.TryPeek(out var next) && await TryMoveAsync(next.Batch, next.Refusal, cancellationToken))
        {
            waiting.Dequeue();
            pending.Release(next.Batch.EstimateBytes());
        }
    }

    /// <summary>Counts and logs the waiting batches as lost when the process ends.</summary>
    public void LoseAll()
    {
        while (waiting.TryDequeue(out var next))
        {
            pending.Release(next.Batch.EstimateBytes());
            Lose(next.Batch, next.Refusal);
        }
    }

    /// <returns>False if the quarantine is unavailable.</returns>
    private async Task<bool> TryMoveAsync(ScanBatch batch, Exception refusal, CancellationToken cancellationToken)
    {
        try
        {
            await quarantine.AddAsync(workspaceId, batch, ReasonOf(refusal), cancellationToken);
            metrics.AddRefusedBatch();
            Log.Quarantined(logger, batch.Id, batch.Scans.Count, workspaceId, refusal);
        }
        catch (Exception exception) when (StorageFailure.IsOfStorage(exception))
        {
            Log.Waiting(logger, exception);
            return false;
        }
        catch (Exception exception)
        {
            Lose(batch, exception);
        }

        return true;
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
            "The quarantine cannot take batches of scans. They wait in memory. Check the container quarantine and the app's role assignments.")]
        public static partial void Waiting(ILogger logger, Exception exception);

        [LoggerMessage(
            3,
            LogLevel.Error,
            "{Count} scans of workspace {WorkspaceId} are lost: neither the table nor the quarantine took them. See the runbook, scans-lost.")]
        public static partial void Lost(ILogger logger, int count, string workspaceId, Exception exception);
    }
}
