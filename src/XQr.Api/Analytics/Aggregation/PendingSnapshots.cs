using XQr.Api.Storage;

namespace XQr.Api.Analytics.Aggregation;

/// <summary>
/// Reads the pending work of a workspace for queries, which neither aggregate nor wait for an aggregation. The work that one query reads is
/// limited: a page of rows, <see cref="MaxBytes"/>, and the erasures of <see cref="QueryErasures"/>.
/// </summary>
internal sealed class PendingSnapshots(Tables tables, PendingWorkStore pending, QueryErasures erasures, TimeProvider time)
{
    /// <summary>The maximum size of the batches, about 130,000 scans.</summary>
    private const int MaxBytes = 2 * 1024 * 1024;

    /// <summary>The maximum number of links that are looked up one by one, in a workspace with many deleted links.</summary>
    private const int MaxLookups = 200;

    /// <summary>
    /// Reads the pending work, and erases deleted links. One transaction if there is none. With batches one more for the deleted links, and if
    /// there are more than a thousand of those, one for each link.
    /// </summary>
    public async Task<PendingSnapshot> ReadAsync(string workspaceId, CancellationToken cancellationToken)
    {
        var work = await pending.ReadFirstAsync(workspaceId, cancellationToken);
        var now = time.GetUtcNow();
        var (erased, isErased) = await erasures.EraseAsync(workspaceId, work, cancellationToken);
        var (batches, isComplete) = (work.Batches, work.IsLast);
        if (batches.Count > 0)
        {
            var deleted = await ErasedLinks.ReadAsync(tables.Workspaces, workspaceId, cancellationToken);
            batches = Limit(batches, deleted.AreAll ? int.MaxValue : MaxLookups);
            isComplete &= batches.Count == work.Batches.Count;
            erased.UnionWith(await deleted.FindAsync([.. batches.SelectMany(batch => batch.Links).Distinct()], cancellationToken));
        }

        return new(batches, erased, new(isComplete || batches.Count == 0 ? now : batches[^1].Hour, isComplete))
        {
            NeedsAggregation = !isComplete || !isErased,
        };
    }

    /// <summary>
    /// Returns whether none of a snapshot's batches was aggregated since it was read. Statistics that were read in between then contain none
    /// of their scans. One transaction, or none for a snapshot without batches.
    /// </summary>
    public async Task<bool> ArePendingAsync(string workspaceId, PendingSnapshot snapshot, CancellationToken cancellationToken)
    {
        if (snapshot.Batches.Count == 0)
        {
            return true;
        }

        var keys = await pending.ReadKeysAsync(workspaceId, snapshot.Batches[0].RowKey, snapshot.Batches[^1].RowKey, cancellationToken);
        return snapshot.Batches.All(batch => keys.Contains(batch.RowKey));
    }

    /// <summary>Returns the first batches within the limits, at least one.</summary>
    private static IReadOnlyList<PendingBatch> Limit(IReadOnlyList<PendingBatch> batches, int maxLinks)
    {
        var (links, bytes) = (new HashSet<Guid>(), 0);
        return
        [
            .. batches.TakeWhile((batch, index) =>
            {
                bytes += batch.Data.Length;
                links.UnionWith(batch.Links);
                return index == 0 || (bytes <= MaxBytes && links.Count <= maxLinks);
            }),
        ];
    }
}
