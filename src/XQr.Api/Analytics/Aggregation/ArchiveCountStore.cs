using System.Runtime.CompilerServices;
using XQr.Api.Analytics.Scans;

namespace XQr.Api.Analytics.Aggregation;

/// <summary>Counts the scans of the archive (<see cref="ScanArchiveStore"/>) without reading them.</summary>
internal sealed class ArchiveCountStore(ScanArchiveStore archive)
{
    /// <summary>
    /// Counts scans, including those of bots and of all links, until they exceed a maximum. One transaction for each thousand rows.
    /// </summary>
    /// <param name="workspaceId">The workspace.</param>
    /// <param name="range">The times.</param>
    /// <param name="pending">The pending batches of these times, ordered by hour, whose scans count too.</param>
    /// <param name="max">The maximum number of scans.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>The UTC day of the first scan above the maximum; null if there are no more than <paramref name="max"/>.</returns>
    public async Task<DateOnly?> FindDayOfExcessAsync(
        string workspaceId, TimeRange range, IEnumerable<PendingBatch> pending, int max, CancellationToken cancellationToken)
    {
        var count = 0L;
        await foreach (var (hour, scans) in CountsAsync(workspaceId, range, pending, cancellationToken))
        {
            count += scans;
            if (count > max)
            {
                return DateOnly.FromDateTime(hour.UtcDateTime);
            }
        }

        return null;
    }

    /// <summary>Returns the number of scans of each row and batch, ordered by hour.</summary>
    private async IAsyncEnumerable<(DateTimeOffset Hour, int Scans)> CountsAsync(
        string workspaceId, TimeRange range, IEnumerable<PendingBatch> pending, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var left = new Queue<PendingBatch>(pending);
        await foreach (var row in archive.RowsAsync(workspaceId, range, ["RowKey", "Scans"], cancellationToken))
        {
            var hour = PendingBatch.HourOf(row.RowKey);
            while (left.TryPeek(out var batch) && batch.Hour <= hour)
            {
                yield return CountOf(left.Dequeue());
            }

            yield return (hour, row.GetInt32("Scans") ?? 0);
        }

        foreach (var batch in left)
        {
            yield return CountOf(batch);
        }
    }

    private static (DateTimeOffset Hour, int Scans) CountOf(PendingBatch batch) => (batch.Hour, ScanBatchFormat.ReadCount(batch.Data));
}
