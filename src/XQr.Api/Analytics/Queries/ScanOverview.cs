using XQr.Api.Analytics.Statistics;

namespace XQr.Api.Analytics.Queries;

/// <summary>The totals of a period of a workspace.</summary>
/// <param name="Scans">The number of scans.</param>
/// <param name="Visitors">The sum of the visitors of each day.</param>
/// <param name="ActiveLinks">The number of links with a scan.</param>
internal sealed record PeriodTotals(long Scans, long Visitors, int ActiveLinks);

/// <summary>The scans of a workspace in the last days, and in as many days before.</summary>
/// <param name="Daily">The scans of each of the last days, including days without scans.</param>
/// <param name="Last">The totals of the last days.</param>
/// <param name="Before">The totals of the days before; null if the workspace did not exist then.</param>
internal sealed record ScanOverview(IReadOnlyList<DailyScans> Daily, PeriodTotals Last, PeriodTotals? Before)
{
    /// <summary>Creates the overview with two concurrent reads, or three if the workspace existed in the days before.</summary>
    /// <param name="reader">The statistics of the workspace.</param>
    /// <param name="last">The last days.</param>
    /// <param name="createdOn">The day on which the workspace was created.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public static async Task<ScanOverview> CreateAsync(
        StatisticsReader reader, DayRange last, DateOnly createdOn, CancellationToken cancellationToken)
    {
        var before = createdOn < last.From ? last.Before : (DayRange?)null;
        var active = reader.LinksAsync(last, cancellationToken);
        var activeBefore = before is { } range ? reader.LinksAsync(range, cancellationToken) : null;
        var days = await reader.DaysAsync(new(before?.From ?? last.From, last.To), StatisticsParts.Visitors, cancellationToken);
        return new(
            [.. new Timeline(days.Where(day => day.Day >= last.From), LocalCalendar.Utc).Daily(last)],
            TotalsOf(days.Where(day => day.Day >= last.From), (await active).Count),
            activeBefore is null ? null : TotalsOf(days.Where(day => day.Day < last.From), (await activeBefore).Count));
    }

    private static PeriodTotals TotalsOf(IEnumerable<DailyStatistics> days, int activeLinks)
    {
        var totals = new StatisticsTotals([.. days]);
        return new(totals.Scans, totals.Visitors, activeLinks);
    }
}
