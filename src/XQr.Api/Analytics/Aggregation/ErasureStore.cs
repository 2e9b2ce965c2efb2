using Azure.Data.Tables;
using XQr.Api.Analytics.Quarantine;
using XQr.Api.Analytics.Statistics;
using XQr.Api.Analytics.Visitors;
using XQr.Api.Links;
using XQr.Api.Storage;

namespace XQr.Api.Analytics.Aggregation;

/// <summary>
/// Erases the statistics of deleted links, and takes them away from those of the workspace. Table <c>Workspaces</c>, partition = workspace id,
/// beside the rows of <see cref="StatisticsStore"/>:
/// <list type="table">
/// <item><term><c>e{inverted link id}</c></term><description>Id; At, when the link was deleted: scans of it that come later are dropped,
/// and those in the archive aren't shown; Archived, false once there are none</description></item>
/// <item><term><c>s-{inverted link id}</c></term><description>Id, the link is still to be erased</description></item>
/// <item><term><c>s+{yyyyMMdd}</c></term><description>a day of which visitors may have been erased: they can't be taken away from a
/// <see cref="VisitorSketch"/>, so the workspace's is to be put together again from those of its other links</description></item>
/// </list>
/// A link's deletion writes the first two. Each day is one transaction, and the request goes with the last one, so that an erasure that
/// was broken off goes on where it was.
/// </summary>
internal sealed class ErasureStore(Tables tables, DeletedLinkStore deletedLinks, UnreadableRows unreadable)
{
    /// <summary>How many links are erased together: a transaction has a row for each, and some others.</summary>
    public const int MaxLinks = 80;

    private const int LinksPerRead = 500;

    /// <summary>What has to be known of statistics to take them away: not the visitors of their hours, which are most of their bytes.</summary>
    private static readonly string[] ErasedProperties = [.. DailyStatisticsRow.Select(StatisticsParts.Counts | StatisticsParts.Visitors, includeBots: true)];

    /// <summary>
    /// Erases links. A transaction a day that any of them has statistics on, two for each link, and one more. False where somebody else
    /// was quicker: some may be left to do.
    /// </summary>
    /// <param name="rows">The workspace's statistics.</param>
    /// <param name="links">At most <see cref="MaxLinks"/>.</param>
    /// <param name="stale">Takes the days whose visitors are to be put together again.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public async Task<bool> TryEraseAsync(
        StatisticsRows rows, IReadOnlyList<Guid> links, ISet<DateOnly> stale, CancellationToken cancellationToken)
    {
        await rows.LoadAggregationVersionAsync(cancellationToken);
        var statistics = await links.ReadEachAsync(
            StatisticsRows.Parallelism,
            async (link, token) => await tables.Workspaces.QueryPrefix(rows.WorkspaceId, StatisticsKeys.Link(link), ErasedProperties, token)
                .Select(row => (Link: link, Row: row)).ToListAsync(token),
            cancellationToken);
        foreach (var day in statistics.SelectMany(ofLink => ofLink).GroupBy(entry => StatisticsKeys.DayOf(entry.Row.RowKey)).OrderBy(day => day.Key))
        {
            if (!await TryEraseDayAsync(rows, day.Key, [.. day], stale, cancellationToken))
            {
                return false;
            }
        }

        await deletedLinks.RemoveTalliesAsync(rows.WorkspaceId, links, cancellationToken);
        var changes = new ChangedRows(rows.WorkspaceId);
        rows.WriteAggregationVersion(changes);
        foreach (var link in links)
        {
            changes.Remove(LinkKeys.ToEraseLink(link));
        }

        return await rows.TryCommitAsync(changes, cancellationToken);
    }

    /// <summary>
    /// Puts a day's visitors together again. Two transactions to read the day, one for each of its links, one to write. Nothing happens
    /// where the day has more links than <paramref name="maxLinks"/>.
    /// </summary>
    /// <returns>How many links were read; null where somebody else was quicker.</returns>
    public async Task<int?> TryRefreshVisitorsAsync(string workspaceId, DateOnly of, int maxLinks, CancellationToken cancellationToken)
    {
        var rows = new StatisticsRows(tables.Workspaces, workspaceId);
        var day = await rows.LoadDayAsync(of, cancellationToken);
        Guid[] links = [.. day.LinkCounts.Links.Distinct()];
        if (links.Length > maxLinks)
        {
            return 0;
        }

        var (people, bots) = (new ScanStatistics(), new ScanStatistics());
        foreach (var some in links.Chunk(LinksPerRead))
        {
            await rows.LoadLinksAsync(day, some, cancellationToken);
            foreach (var statistics in day.Links.Values)
            {
                people.AddVisitors(statistics.People);
                bots.AddVisitors(statistics.Bots);
            }

            day.Links.Clear();
        }

        var changes = new ChangedRows(workspaceId);
        changes.Remove(PendingWorkStore.StaleKey(of));
        if (day.Workspace.Version is { } version)
        {
            changes.Replace(day.ToRow(workspaceId, people, bots), version);
        }

        return await changes.TryCommitAsync(tables.Workspaces, cancellationToken) ? links.Length : null;
    }

    private async Task<bool> TryEraseDayAsync(
        StatisticsRows rows, DateOnly of, (Guid Link, TableEntity Row)[] erased, ISet<DateOnly> stale, CancellationToken cancellationToken)
    {
        var day = await rows.LoadDayAsync(of, cancellationToken);
        var changes = new ChangedRows(rows.WorkspaceId);
        rows.WriteAggregationVersion(changes);
        var hadVisitors = false;
        foreach (var (link, row) in erased)
        {
            var statistics = Read(rows.WorkspaceId, row);
            hadVisitors |= !statistics.People.Visitors.IsEmpty || !statistics.Bots.Visitors.IsEmpty;
            day.Workspace.People.RemoveCounts(statistics.People);
            day.Workspace.Bots.RemoveCounts(statistics.Bots);
            day.LinkCounts.Of(link).Remove(link);
            day.Links.Remove(link);
            changes.Remove(row.RowKey);
        }

        day.Workspace.WriteCounts(new(rows.WorkspaceId, StatisticsKeys.Day(of)), changes);
        day.LinkCounts.Write(rows.WorkspaceId, changes);
        if (hadVisitors)
        {
            stale.Add(of);
            changes.Put(new(rows.WorkspaceId, PendingWorkStore.StaleKey(of)));
        }

        if (!changes.FitsTransaction && erased.Length > 1)
        {
            // The rows of the links are those of the ledger that is known, so it is kept.
            rows.ForgetDay();
            var half = erased.Length / 2;
            return await TryEraseDayAsync(rows, of, erased[..half], stale, cancellationToken)
                && await TryEraseDayAsync(rows, of, erased[half..], stale, cancellationToken);
        }

        return await rows.TryCommitAsync(changes, cancellationToken);
    }

    /// <summary>Reads what is to be taken away: nothing from a row that cannot be read, which is removed nonetheless.</summary>
    private StatisticsEntry Read(string workspaceId, TableEntity row)
    {
        try
        {
            return new(row, StatisticsEntry.OfLink);
        }
        catch (InvalidDataException exception)
        {
            unreadable.Report(workspaceId, row.RowKey, exception);
            return new(null, StatisticsEntry.OfLink);
        }
    }
}
