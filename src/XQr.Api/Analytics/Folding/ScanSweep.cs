using Microsoft.Extensions.Options;
using XQr.Api.Maintenance;

namespace XQr.Api.Analytics.Folding;

/// <summary>
/// Removes scans that have been kept for long enough, those of deleted links, the notes of deleted links of which none can come any
/// more, and the rows of writers that are gone. And folds and erases where nothing has happened for a while: of a link that was deleted in a workspace without visitors nobody tells.
/// </summary>
internal sealed class ScanSweep(
    FoldNoteStore notes, ScanFolding folding, ScanArchiveStore archive, ErasureNoteStore erasures, ScanWriterStore writers, IOptions<ScanOptions> options)
    : IMaintenanceTask
{
    private static readonly TimeSpan Slack = TimeSpan.FromDays(1);

    public string Name => "scans";

    public TimeSpan Every => TimeSpan.FromHours(1);

    public Task RunAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        notes.ForEachAsync((workspaceId, token) => SweepAsync(workspaceId, now, token), cancellationToken);

    /// <summary>Does it for a workspace. Four transactions where there is nothing to do.</summary>
    public async Task SweepAsync(string workspaceId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ended = now - TimeSpan.FromDays(options.Value.RawRetentionDays);

        // What is deleted by now is erased from the figures then, so that no scan of it gets into the archive any more.
        var deleted = await erasures.ReadNotesAsync(workspaceId, cancellationToken);
        await folding.CompleteAsync(workspaceId, cancellationToken);
        await archive.RemoveAsync(workspaceId, ended, cancellationToken);
        await writers.RemoveAsync(workspaceId, now - ScanWriterStore.Retention, cancellationToken);
        var archived = deleted.Where(note => note.MayBeArchived).Select(note => note.Link).ToHashSet();
        if (archived.Count > 0)
        {
            await archive.EraseAsync(workspaceId, archived, cancellationToken);
            await erasures.NoteArchiveErasedAsync(workspaceId, archived, cancellationToken);
        }

        await erasures.ForgetAsync(workspaceId, [.. deleted.Where(note => note.At < ended - Slack).Select(note => note.Link)], cancellationToken);
    }
}
