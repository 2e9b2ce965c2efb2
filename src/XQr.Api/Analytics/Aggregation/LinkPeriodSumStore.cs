using System.Security.Cryptography;
using Azure;
using Azure.Data.Tables;
using XQr.Api.Analytics.Quarantine;
using XQr.Api.Analytics.Statistics;
using XQr.Api.Storage;
using XQr.Api.Work;

namespace XQr.Api.Analytics.Aggregation;

/// <summary>
/// Adds up the scan counts by link of past periods (<see cref="LinkPeriodStore"/> describes the rows). A period is marked as changed before its
/// days are read. The last transaction removes the mark, on the condition that no change of a day has replaced it. So a sum that was interrupted,
/// or made from days that changed, is not used, and the next call makes it again.
/// </summary>
internal sealed class LinkPeriodSumStore(Tables tables, LinkPeriodStore periods, UnreadableRows unreadable)
{
    /// <summary>The maximum number of rows of counts in a transaction: each takes up to 280 KB in a request.</summary>
    private const int MaxCountRows = 10;

    private const int TransactionRows = 100;

    /// <summary>
    /// Adds up the periods that have ended more than a day ago and are not up to date. One transaction in a workspace without statistics, three
    /// if all periods are up to date. Otherwise one more to mark the periods, and two for each period; one more for each further thousand rows or
    /// 4 MiB of its days, and for each further ten rows of counts.
    /// </summary>
    /// <returns>
    /// False if the time was used up and another call would continue. A period that cannot be added up now is left for the next day.
    /// </returns>
    public async Task<bool> AddUpAsync(string workspaceId, DateOnly today, WorkBudget budget, CancellationToken cancellationToken)
    {
        if (await tables.Workspaces.FindAsync(workspaceId, StatisticsKeys.AggregationVersion, cancellationToken) is not { } version)
        {
            return true;
        }

        if (!LinkPeriodStore.IsTrusted(version))
        {
            await TrustAsync(workspaceId, version, cancellationToken);
        }

        bool? isAnyDone = null;
        foreach (var chunk in (await FindDueAsync(workspaceId, today, cancellationToken)).Chunk(TransactionRows))
        {
            var marks = await tables.Workspaces.SubmitTransactionAsync(
                chunk.Select(stored => Put(new(workspaceId, StatisticsKeys.ChangedPeriod(stored.Period)))), cancellationToken);
            foreach (var (stored, mark) in chunk.Zip(marks.Value))
            {
                if (budget.IsUsedUp)
                {
                    return isAnyDone is false;
                }

                isAnyDone = await TryAddUpAsync(workspaceId, stored, mark.Headers.ETag!.Value, cancellationToken) || isAnyDone is true;
            }
        }

        return true;
    }

    /// <summary>
    /// Marks all periods and records that, after an earlier version has changed days. An aggregation does the same; without this call, the sums of
    /// a workspace that has no scans any more would never be used.
    /// </summary>
    private async Task TrustAsync(string workspaceId, TableEntity version, CancellationToken cancellationToken)
    {
        await LinkPeriodStore.MarkAllAsync(tables.Workspaces, workspaceId, cancellationToken);
        var trusted = new TableEntity(workspaceId, version.RowKey) { ["Periods"] = version.GetInt64("Sequence") };
        await tables.Workspaces.TryUpdateAsync(trusted, version.ETag, TableUpdateMode.Merge, cancellationToken);
    }

    /// <summary>Returns the periods to add up, the earliest first: those that are stored and not up to date, and all that are not stored.</summary>
    private async Task<IReadOnlyList<LinkPeriodRows>> FindDueAsync(string workspaceId, DateOnly today, CancellationToken cancellationToken)
    {
        // A day's grace, because the clocks of instances differ.
        var current = LinkPeriod.Of(today.AddDays(-1));
        var stored = await periods.ReadAsync(workspaceId, DateOnly.MinValue, current.From, LinkPeriodStore.State, cancellationToken)
            .ToDictionaryAsync(rows => rows.Period, cancellationToken: cancellationToken);
        var due = stored.Values.Where(rows => !rows.IsCurrent).ToList();
        if (await FindFirstDayAsync(workspaceId, cancellationToken) is { } first)
        {
            for (var period = LinkPeriod.Of(first); period.From < current.From; period = period.Next())
            {
                if (!stored.ContainsKey(period))
                {
                    due.Add(new(period));
                }
            }
        }

        return [.. due.OrderBy(rows => rows.Period.From)];
    }

    /// <summary>Returns the first day that has counts; null if there is none. One transaction.</summary>
    private async Task<DateOnly?> FindFirstDayAsync(string workspaceId, CancellationToken cancellationToken)
    {
        var first = await tables.Workspaces
            .QueryRange(
                workspaceId, StatisticsKeys.Links(DateOnly.MinValue), StatisticsKeys.AfterLinks(DateOnly.MaxValue), ["RowKey"], 1, cancellationToken)
            .FirstOrDefaultAsync(cancellationToken);
        return first is null ? null : StatisticsKeys.DayOfLinks(first.RowKey);
    }

    /// <summary>Adds up a period.</summary>
    /// <returns>False if a day cannot be read, or was changed at the same time.</returns>
    private async Task<bool> TryAddUpAsync(string workspaceId, LinkPeriodRows stored, ETag mark, CancellationToken cancellationToken)
    {
        if (await SumAsync(workspaceId, stored.Period, cancellationToken) is not { } sums)
        {
            return false;
        }

        var build = RandomNumberGenerator.GetHexString(16, lowercase: true);
        var (count, last) = (0, new List<TableTransactionAction>());
        foreach (var row in sums.ToRows(workspaceId, stored.Period, build))
        {
            if (last.Count == MaxCountRows)
            {
                await tables.Workspaces.SubmitTransactionAsync(last, cancellationToken);
                last.Clear();
            }

            last.Add(Put(row));
            count++;
        }

        // Rows of an earlier sum that had more. If others have removed some of them, the next call removes the rest.
        var end = StatisticsKeys.PeriodLinks(stored.Period, count);
        foreach (var excess in stored.Counts.Where(row => string.CompareOrdinal(row.RowKey, end) >= 0).Chunk(TransactionRows))
        {
            await tables.Workspaces.TryTransactAsync(excess.Select(row => Remove(row.RowKey, ETag.All)), cancellationToken);
        }

        last.Add(Put(new(workspaceId, StatisticsKeys.Period(stored.Period.From)) { ["Build"] = build, ["Rows"] = count }));
        last.Add(Remove(StatisticsKeys.ChangedPeriod(stored.Period), mark));
        return await tables.Workspaces.TryTransactAsync(last, cancellationToken) is not null;

        TableTransactionAction Remove(string rowKey, ETag version) =>
            new(TableTransactionActionType.Delete, new TableEntity(workspaceId, rowKey), version);
    }

    /// <summary>Returns the counts of a period; null if a row of a day cannot be read. One transaction for each thousand rows or 4 MiB.</summary>
    private async Task<LinkSumRows?> SumAsync(string workspaceId, LinkPeriod period, CancellationToken cancellationToken)
    {
        var sums = new LinkSumRows();
        var (first, last) = (StatisticsKeys.Links(period.From), StatisticsKeys.AfterLinks(period.To));
        await foreach (var row in tables.Workspaces.QueryRange(workspaceId, first, last, null, null, cancellationToken))
        {
            if (!unreadable.TryRead(workspaceId, row.RowKey, () => sums.Add(row)))
            {
                return null;
            }
        }

        return sums;
    }

    private static TableTransactionAction Put(TableEntity row) => new(TableTransactionActionType.UpsertReplace, row);
}
