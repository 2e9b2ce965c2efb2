using XQr.Api.Maintenance;

namespace XQr.Api.Analytics.Folding;

/// <summary>Folds what was stored lately, so that queries find little to do.</summary>
internal sealed class FoldTask(FoldNoteStore notes, ScanFolding folding) : IMaintenanceTask
{
    public string Name => "fold";

    public TimeSpan Every => TimeSpan.FromMinutes(1);

    public Task RunAsync(DateTimeOffset now, CancellationToken cancellationToken) => notes.ForEachRecentAsync(folding.CompleteAsync, cancellationToken);
}
