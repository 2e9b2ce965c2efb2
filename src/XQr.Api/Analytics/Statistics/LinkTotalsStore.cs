using Azure;
using Azure.Data.Tables;
using XQr.Api.Analytics.Quarantine;
using XQr.Api.Storage;

namespace XQr.Api.Analytics.Statistics;

/// <summary>Reads the number of scans of each link, from the rows of days (<see cref="StatisticsStore"/>) and of whole periods.</summary>
internal sealed class LinkTotalsStore(Tables tables, LinkPeriodStore periods, UnreadableRows unreadable)
{
    /// <summary>Gets the page size for the rows of days; null for that of storage.</summary>
    public int? PageSize { get; init; }

    /// <summary>
    /// Returns the number of scans of each link, without links that have no scans. If the days have more than a page of rows, it reads the sums
    /// of whole periods instead of their days.
    /// </summary>
    /// <param name="workspaceId">The workspace.</param>
    /// <param name="from">The first UTC day; null to begin with the first day that has scans.</param>
    /// <param name="to">The last UTC day, included.</param>
    /// <param name="includeBots">True to include the scans of bots.</param>
    /// <param name="pending">The pending scans to add.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public async Task<IReadOnlyDictionary<Guid, long>> ReadAsync(
        string workspaceId, DateOnly? from, DateOnly to, bool includeBots, PendingScans pending, CancellationToken cancellationToken)
    {
        var first = from ?? DateOnly.MinValue;
        var totals = await ReadStoredAsync(workspaceId, first, to, includeBots, cancellationToken);
        foreach (var scan in pending.Read(first, to, includeBots))
        {
            totals[scan.LinkId] = totals.GetValueOrDefault(scan.LinkId) + 1;
        }

        foreach (var link in pending.Erased)
        {
            totals.Remove(link);
        }

        return totals;
    }

    private async Task<Dictionary<Guid, long>> ReadStoredAsync(
        string workspaceId, DateOnly first, DateOnly to, bool includeBots, CancellationToken cancellationToken)
    {
        await using var pages = RowsAsync(first, to).AsPages(pageSizeHint: PageSize).GetAsyncEnumerator(cancellationToken);
        await pages.MoveNextAsync();
        IReadOnlyList<LinkPeriod> whole = [];
        var totals = new Dictionary<Guid, long>();
        if (pages.Current.ContinuationToken is not null)
        {
            (whole, totals) = await periods.ReadAsync(workspaceId, first, to, includeBots, cancellationToken);
        }

        // The pages that have begun go on until the first whole period.
        var end = whole.Count == 0 ? StatisticsKeys.AfterLinks(to) : StatisticsKeys.Links(whole[0].From);
        do
        {
            pages.Current.Values.TakeWhile(IsBeforeEnd).ToList().ForEach(Add);
        }
        while (pages.Current.Values.All(IsBeforeEnd) && await pages.MoveNextAsync());

        foreach (var (from, last) in LinkPeriod.DaysBetween(whole, to))
        {
            await foreach (var row in RowsAsync(from, last))
            {
                Add(row);
            }
        }

        return totals;

        AsyncPageable<TableEntity> RowsAsync(DateOnly from, DateOnly last) => tables.Workspaces.QueryRange(
            workspaceId,
            StatisticsKeys.Links(from),
            StatisticsKeys.AfterLinks(last),
            LinkCountsRow.Select(includeBots),
            PageSize,
            cancellationToken);

        bool IsBeforeEnd(TableEntity row) => string.CompareOrdinal(row.RowKey, end) < 0;

        void Add(TableEntity row) => unreadable.TryRead(workspaceId, row.RowKey, () => LinkCountsRow.Read(row, includeBots, totals));
    }
}
