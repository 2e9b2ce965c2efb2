using Microsoft.Extensions.Logging;
using XQr.Api.Diagnostics;
using XQr.Api.Storage;

namespace XQr.Api.Maintenance;

/// <summary>Contains failures of background work, so that no failure ends a loop or the process.</summary>
internal static partial class BackgroundWork
{
    /// <summary>Runs work, and logs and counts its failure.</summary>
    /// <param name="logger">The log.</param>
    /// <param name="work">The name of the work, in lower-case letters: in the log and in the metric <c>xqr.background.failures</c>.</param>
    /// <param name="run">The work.</param>
    /// <param name="cancellationToken">A token to cancel the operation. Cancellation is not a failure.</param>
    /// <returns>Whether the work succeeded.</returns>
    public static async Task<bool> TryRunAsync(this ILogger logger, string work, Func<CancellationToken, Task> run, CancellationToken cancellationToken)
    {
        try
        {
            await run(cancellationToken);
            return true;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            logger.WorkFailed(work, exception);
            return false;
        }
    }

    /// <summary>Logs and counts a failure of background work.</summary>
    public static void WorkFailed(this ILogger logger, string work, Exception exception)
    {
        Telemetry.BackgroundFailures.Add(1, new KeyValuePair<string, object?>("work", work));
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
        [LoggerMessage(101, LogLevel.Warning, "Background work {Work} could not use storage. It is tried again. If this goes on, check the storage account and the app's role assignments.")]
        public static partial void StorageUnavailable(ILogger logger, string work, Exception exception);

        [LoggerMessage(102, LogLevel.Error, "Background work {Work} failed. It is tried again. If this goes on, report the exception as a bug; see the runbook, background-failures.")]
        public static partial void Failed(ILogger logger, string work, Exception exception);
    }
}
