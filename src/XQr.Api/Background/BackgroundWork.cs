using Microsoft.Extensions.Logging;
using XQr.Api.Storage;

namespace XQr.Api.Background;

/// <summary>Contains failures of background work, so that no failure ends a loop or the process.</summary>
internal sealed partial class BackgroundWork(BackgroundMetrics metrics, ILogger<BackgroundWork> logger)
{
    /// <summary>Runs work, and logs and counts its failure.</summary>
    /// <param name="work">The name of the work, in lower-case letters: in the log and in the metric <c>xqr.background.failures</c>.</param>
    /// <param name="run">The work.</param>
    /// <param name="cancellationToken">A token to cancel the operation. Cancellation is not a failure.</param>
    /// <returns>True if the work succeeded.</returns>
    public async Task<bool> TryRunAsync(string work, Func<CancellationToken, Task> run, CancellationToken cancellationToken)
    {
        try
        {
            await run(cancellationToken);
            return true;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            ReportFailure(work, exception);
            return false;
        }
    }

    /// <summary>Logs and counts a failure of work.</summary>
    public void ReportFailure(string work, Exception exception)
    {
        metrics.AddFailure(work);
        if (StorageFailure.IsOutage(exception))
        {
            Log.StorageUnavailable(logger, work, exception);
        }
        else
        {
            Log.Failed(logger, work, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            1,
            LogLevel.Warning,
            "Background work {Work} could not use storage. It is retried. "
            + "If this continues, check the storage account and the app's role assignments.")]
        public static partial void StorageUnavailable(ILogger logger, string work, Exception exception);

        [LoggerMessage(
            2,
            LogLevel.Error,
            "Background work {Work} failed. It is retried. "
            + "If this continues, report the exception as a bug; see the runbook, background-failures.")]
        public static partial void Failed(ILogger logger, string work, Exception exception);
    }
}
