using Microsoft.Extensions.Logging;
using XQr.Api.Maintenance;

namespace XQr.Api.Analytics.Folding;

/// <summary>Folds what was stored lately, so that queries find little to do.</summary>
internal sealed partial class FoldTask(FoldNoteStore notes, ScanFolding folding, ILogger<FoldTask> logger) : IMaintenanceTask
{
    public string Name => "fold";

    public TimeSpan Every => TimeSpan.FromMinutes(1);

    public Task RunAsync(DateTimeOffset now, CancellationToken cancellationToken) => notes.ForEachRecentAsync(
        workspaceId => FoldAsync(workspaceId, cancellationToken), cancellationToken);

    /// <summary>False where it failed, which is no reason to leave other workspaces alone.</summary>
    private async Task<bool> FoldAsync(string workspaceId, CancellationToken cancellationToken)
    {
        try
        {
            await folding.CompleteAsync(workspaceId, cancellationToken);
            return true;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Log.Failed(logger, workspaceId, exception);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The scans of workspace {WorkspaceId} could not be folded; it is tried again in a minute")]
        public static partial void Failed(ILogger logger, string workspaceId, Exception exception);
    }
}
