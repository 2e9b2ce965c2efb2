using Azure.Data.Tables;
using XQr.Api.Analytics.Quarantine;
using XQr.Api.Analytics.Statistics;
using XQr.Api.Analytics.Visitors;
using XQr.Api.Links;
using XQr.Api.Storage;

namespace XQr.Api.Analytics.Aggregation;

/// <summary>
/// Erases the statistics of deleted links, and subtracts them from those of the workspace. Table <c>Workspaces</c>, partition = workspace id,
/// in addition to the rows of <see cref="StatisticsStore"/>:
/// <list type="table">
/// <item><term><c>e{inverted link id}</c></term><description>Id; At, the time of the deletion: scans of the link that arrive later are
/// dropped, and those in the archive are hidden; Archived, false once the archive has none</description></item>
/// <item><term><c>s-{inverted link id}</c></term><description>Id of a link that must still be erased</description></item>
/// <item><term><c>s+{yyyyMMdd}</c></term><description>a day whose visitors must be computed again from those of its remaining links, because
/// visitors cannot be removed from a <see cref="VisitorSketch"/></description></item>
/// </list>
/// The deletion of a link writes the first two rows. Each day is erased in one transaction. The last transaction removes the second row, so an
/// interrupted erasure continues where it stopped.
/// </summary>
internal sealed class ErasureStore(Tables tables, DeletedLinkStore deletedLinks, UnreadableRows unreadable, TimeProvider time)
{
    /// <summary>The maximum number of links of one erasure: a transaction has a row for each link, and some other rows.</summary>
    public const int MaxLinks = 80;

    /// <summary>The number of links that are read at a time when visitors are computed again.</summary>
    private const int LinksPerRead = 500;

    /// <summary>The properties that an erasure reads. It does not need the visitors of hours, which are most of a row's bytes.</summary>
    private static readonly string[] ErasedProperties =
        [.. DailyStatisticsRow.Select(StatisticsParts.Counts | StatisticsParts.Visitors, includeBots: true)];

    /// <summary>Reads the days of links, with the properties that an erasure needs.</summary>
    public LinkDayRows ReadDays(string workspaceId, IReadOnlyList<Guid> links) => new(tables.Workspaces, workspaceId, links, ErasedProperties);

    /// <summary>
    /// Erases a day of links. Two transactions to read the workspace's day, and one to write, or more if the changes do not fit in one.
    /// </summary>
    /// <param name="rows">The workspace's rows. Their aggregation version was loaded before the day was read.</param>
    /// <param name="erased">The day.</param>
    /// <param name="stale">The set that receives the day if its visitors must be computed again.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>False if another instance changed the statistics.</returns>
    public async Task<bool> TryEraseDayAsync(StatisticsRows rows, LinkDay erased, ISet<DateOnly> stale, CancellationToken cancellationToken)
    {
        var of = erased.Day;
        var day = await rows.LoadDayAsync(of, cancellationToken);
        var changes = new ChangedRows(rows.WorkspaceId);
        rows.WriteAggregationVersion(changes);
        var hadVisitors = false;
        foreach (var (link, row) in erased.Rows)
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
        day.LinkCounts.Write(rows.WorkspaceId, changes, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime));
        if (hadVisitors)
        {
            stale.Add(of);
            changes.Put(new(rows.WorkspaceId, PendingWorkStore.StaleKey(of)));
        }

        if (!changes.FitsTransaction && erased.Rows.Count > 1)
        {
            // The rows of the links belong to the loaded aggregation version, so that version is kept.
            rows.ForgetDay();
            var half = erased.Rows.Count / 2;
            return await TryEraseDayAsync(rows, new(of, [.. erased.Rows.Take(half)]), stale, cancellationToken)
                && await TryEraseDayAsync(rows, new(of, [.. erased.Rows.Skip(half)]), stale, cancellationToken);
        }

        return await rows.TryCommitAsync(changes, cancellationToken);
    }

    /// <summary>
    /// Removes the remaining tallies of links without days, and the requests to erase them. One transaction for each link, and one more.
    /// </summary>
    /// <returns>False if another instance changed the statistics.</returns>
    public async Task<bool> TryEndAsync(StatisticsRows rows, IReadOnlyList<Guid> links, CancellationToken cancellationToken)
    {
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
    /// Computes a day's visitors again from those of its links. Two transactions to read the day, one for each of its links, and one to write.
    /// Does nothing if the day has more links than <paramref name="maxLinks"/>.
    /// </summary>
    /// <returns>The number of links that were read; null if another instance changed the day.</returns>
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

    /// <summary>Reads the statistics to subtract. An unreadable row has none, and is removed nonetheless.</summary>
    private StatisticsEntry Read(string workspaceId, TableEntity row)
    {
        try
        {
            return new(row, DailyStatisticsRow.LinkValueBytes);
        }
        catch (InvalidDataException exception)
        {
            unreadable.Report(workspaceId, row.RowKey, exception);
            return new(null, DailyStatisticsRow.LinkValueBytes);
        }
    }
}
