using Microsoft.Extensions.Logging;
using XQr.Api.Analytics.Scans;

namespace XQr.Api.Analytics.Quarantine;

/// <summary>Reports rows that queries skip because they cannot be read.</summary>
internal sealed partial class UnreadableRows(ScanMetrics metrics, ILogger<UnreadableRows> logger)
{
    /// <summary>Logs and counts a row.</summary>
    public void Report(string workspaceId, string rowKey, Exception exception)
    {
        metrics.AddUnreadableRow();
        Log.Unreadable(logger, rowKey, workspaceId, exception);
    }

    /// <summary>Reads a row, and reports it if it cannot be read.</summary>
    /// <returns>True if the row could be read.</returns>
    public bool TryRead(string workspaceId, string rowKey, Action read)
    {
        try
        {
            read();
            return true;
        }
        catch (Exception exception) when (exception is InvalidDataException or InvalidOperationException)
        {
            Report(workspaceId, rowKey, exception);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            1,
            LogLevel.Error,
            "The row {RowKey} of workspace {WorkspaceId} cannot be read and is missing from answers. See the runbook, unreadable-rows.")]
        public static partial void Unreadable(ILogger logger, string rowKey, string workspaceId, Exception exception);
    }
}
