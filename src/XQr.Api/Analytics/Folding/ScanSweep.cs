using Microsoft.Extensions.Options;
using XQr.Api.Maintenance;

namespace XQr.Api.Analytics.Folding;

/// <summary>
/// Removes scans that have been kept for long enough, and the notes of deleted links of which none can come any more. And folds and
/// erases where nothing has happened for a while: of a link that was deleted in a workspace without visitors nobody tells.
/// </summary>
internal sealed class ScanSweep(
    FoldNoteStore notes, ScanFolding folding, ScanArchiveStore archive, ErasureStore erasures, IOptions<ScanOptions> options) : IMaintenanceTask
{
    private static readonly TimeSpan Slack = TimeSpan.FromDays(1);

    public string Name => "scans";

    public TimeSpan Every => TimeSpan.FromHours(1);

    /// <summary>Three transactions for a workspace where there is nothing to do.</summary>
    public Task RunAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var kept = TimeSpan.FromDays(options.Value.RawRetentionDays);
        return notes.ForEachKnownAsync(
            async (workspaceId, token) =>
            {
                await folding.CompleteAsync(workspaceId, token);
                await archive.RemoveAsync(workspaceId, now - kept, token);
                await erasures.ForgetAsync(workspaceId, now - kept - Slack, token);
            },
            cancellationToken);
    }
}
