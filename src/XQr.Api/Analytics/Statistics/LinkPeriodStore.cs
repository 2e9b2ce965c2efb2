using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using XQr.Api.Analytics.Quarantine;
using XQr.Api.Storage;

namespace XQr.Api.Analytics.Statistics;

/// <summary>
/// Reads the scan counts by link of whole periods, so that a query of a large workspace does not read those of each day. They are the sums of
/// the days' rows, which stay. Table <c>Workspaces</c>, partition = workspace id:
/// <list type="table">
/// <item><term><c>dm{yyyyMMdd}</c></term><description>the period that begins on that day: Build, a unique string; Rows, the number of its rows
/// with this Build</description></item>
/// <item><term><c>dm{yyyyMMdd}+</c></term><description>a day of the period has changed, so its counts must not be used</description></item>
/// <item><term><c>dm{yyyyMMdd}{000000 …}</c></term><description>the counts, as those of a day (<see cref="LinkCountsRow"/>), and
/// Build</description></item>
/// </list>
/// Every change of a day of a past period writes the second row in its transaction. Earlier versions do not: they increment Sequence of the
/// aggregation version and not its property Periods, so no period is used while these differ.
/// </summary>
internal sealed class LinkPeriodStore(Tables tables, UnreadableRows unreadable)
{
    /// <summary>The properties that tell whether a period is up to date.</summary>
    public static readonly IReadOnlyList<string> State = ["RowKey", "Build", "Rows"];

    private const int TransactionRows = 100;

    /// <summary>
    /// Reads the counts of the periods that lie in some days and are up to date. No transaction if the days contain no whole period. Otherwise one
    /// for the aggregation version, and one for each thousand rows or 4 MiB.
    /// </summary>
    /// <returns>The periods in order, and the sums of their counts.</returns>
    public async Task<(IReadOnlyList<LinkPeriod> Periods, Dictionary<Guid, long> Totals)> ReadAsync(
        string workspaceId, DateOnly from, DateOnly to, bool includeBots, CancellationToken cancellationToken)
    {
        var (periods, totals) = (new List<LinkPeriod>(), new Dictionary<Guid, long>());
        var end = to == DateOnly.MaxValue ? to : LinkPeriod.Of(to.AddDays(1)).From;

        // The aggregation version is read first: the changes of an earlier version before this read are found, and those after it concur.
        if (LinkPeriod.FirstIn(from).From >= end
            || !IsTrusted(await tables.Workspaces.FindAsync(workspaceId, StatisticsKeys.AggregationVersion, cancellationToken)))
        {
            return (periods, totals);
        }

        string[] select = [.. State, .. LinkCountsRow.Properties(includeBots)];
        await foreach (var stored in ReadAsync(workspaceId, from, end, select, cancellationToken))
        {
            if (stored.IsCurrent && TryRead(workspaceId, stored, includeBots) is { } counts)
            {
                periods.Add(stored.Period);
                foreach (var (link, scans) in counts)
                {
                    totals[link] = totals.GetValueOrDefault(link) + scans;
                }
            }
        }

        return (periods, totals);
    }

    /// <summary>Reads the stored periods that begin in some days, in order. One transaction for each thousand rows or 4 MiB.</summary>
    /// <param name="workspaceId">The workspace.</param>
    /// <param name="from">The first day.</param>
    /// <param name="end">The day after the last one.</param>
    /// <param name="select">The properties to read, at least <see cref="State"/>.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public async IAsyncEnumerable<LinkPeriodRows> ReadAsync(
        string workspaceId,
        DateOnly from,
        DateOnly end,
        IEnumerable<string> select,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (first, last) = (StatisticsKeys.Period(from), StatisticsKeys.Period(end));
        var rows = tables.Workspaces.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {workspaceId} and RowKey ge {first} and RowKey lt {last}"),
            select: select,
            cancellationToken: cancellationToken);
        LinkPeriodRows? period = null;
        await foreach (var row in rows)
        {
            var next = StatisticsKeys.PeriodOf(row.RowKey);
            if (period is not null && period.Period != next)
            {
                yield return period;
                period = null;
            }

            period ??= new(next);
            period.Add(row);
        }

        if (period is not null)
        {
            yield return period;
        }
    }

    /// <summary>Returns whether every change of a day so far has marked the period of the day.</summary>
    /// <param name="aggregationVersion">The row of the aggregation version; null if there is none.</param>
    public static bool IsTrusted(TableEntity? aggregationVersion) =>
        aggregationVersion is null || aggregationVersion.GetInt64("Periods") == aggregationVersion.GetInt64("Sequence");

    /// <summary>Marks all stored periods as changed. One transaction for each thousand rows to find them, and one for each hundred.</summary>
    public static async Task MarkAllAsync(TableClient table, string workspaceId, CancellationToken cancellationToken)
    {
        var periods = await table.QueryPrefix(workspaceId, StatisticsKeys.Periods, ["RowKey"], cancellationToken)
            .Select(row => StatisticsKeys.PeriodOf(row.RowKey)).Distinct().ToListAsync(cancellationToken);
        foreach (var chunk in periods.Chunk(TransactionRows))
        {
            await table.SubmitTransactionAsync(
                chunk.Select(period => new TableTransactionAction(
                    TableTransactionActionType.UpsertReplace, new TableEntity(workspaceId, StatisticsKeys.ChangedPeriod(period)))),
                cancellationToken);
        }
    }

    /// <summary>Returns the counts of a period; null if they cannot be read.</summary>
    private Dictionary<Guid, long>? TryRead(string workspaceId, LinkPeriodRows stored, bool includeBots)
    {
        var counts = new Dictionary<Guid, long>();
        return stored.Counts.All(row => unreadable.TryRead(workspaceId, row.RowKey, () => LinkCountsRow.Read(row, includeBots, counts)))
            ? counts
            : null;
    }
}
