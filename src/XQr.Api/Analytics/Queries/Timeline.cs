using System.Globalization;
using XQr.Api.Analytics.Statistics;
using XQr.Api.Analytics.Visitors;
using XQr.Api.Primitives;

namespace XQr.Api.Analytics.Queries;

/// <summary>
/// Maps statistics of UTC days to the hours or days of a calendar, including those without scans. In a time zone other than UTC, a day is the
/// sum of its hours.
/// </summary>
internal sealed class Timeline(IEnumerable<DailyStatistics> statistics, LocalCalendar calendar)
{
    private readonly Dictionary<DateOnly, ScanStatistics> statistics = statistics.ToDictionary(entry => entry.Day, entry => entry.Statistics);

    /// <summary>Returns the parts of statistics that points of an interval need.</summary>
    public static StatisticsParts PartsFor(Interval interval, LocalCalendar calendar) =>
        interval == Interval.Hour || !calendar.IsUtc ? StatisticsParts.Counts | StatisticsParts.VisitorsOfHour : StatisticsParts.Visitors;

    /// <summary>Returns the parts of statistics that days without visitors need.</summary>
    public static StatisticsParts PartsFor(LocalCalendar calendar) => calendar.IsUtc ? StatisticsParts.None : StatisticsParts.Counts;

    /// <summary>Returns the days from the first scan to today or, if a clock was ahead, to the last scan.</summary>
    public DayRange DaysUpTo(DateOnly today)
    {
        var withScans = calendar.IsUtc ? statistics.Keys : statistics.SelectMany(entry => Enumerable.Range(0, ScanStatistics.Hours)
            .Where(hour => entry.Value.ScansOfHour[hour] > 0)
            .Select(hour => calendar.DayOf(new(entry.Key, new(hour, 0), TimeSpan.Zero))));
        DateOnly[] days = [today, .. withScans];
        return new(days.Min(), days.Max());
    }

    /// <summary>Returns the scans of each day.</summary>
    public IEnumerable<DailyScans> Daily(DayRange days) => days.Days.Select(day => new DailyScans(Text(day), ScansOf(day)));

    /// <summary>Returns the points of a time series.</summary>
    public IEnumerable<TimeseriesPoint> Points(Interval interval, DayRange days) => interval == Interval.Hour
        ? days.Days.SelectMany(calendar.HoursOf).Select(ToPoint)
        : days.Days.GroupBy(day => BeginningOf(interval, day)).Select(part => new TimeseriesPoint(
            Text(part.Key), calendar.StartOf(part.Key), part.Sum(ScansOf), part.Sum(VisitorsOf)));

    private static DateOnly BeginningOf(Interval interval, DateOnly day) => interval switch
    {
        Interval.Week => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)),
        Interval.Month => new(day.Year, day.Month, 1),
        _ => day,
    };

    private static string Text(DateOnly day) => Rfc3339.Format(day);

    private TimeseriesPoint ToPoint(DateTimeOffset hour)
    {
        var format = calendar.IsUtc ? Rfc3339.TimeFormat : "yyyy-MM-ddTHH:mm:sszzz";
        var date = calendar.Local(hour).ToString(format, CultureInfo.InvariantCulture);
        return StatisticsOf(hour) is { } day
            ? new(date, hour, day.ScansOfHour[hour.Hour], day.VisitorsOfHour[hour.Hour].Estimate())
            : new(date, hour, 0, 0);
    }

    private long ScansOf(DateOnly day) => calendar.IsUtc
        ? statistics.GetValueOrDefault(day)?.Scans ?? 0
        : calendar.HoursOf(day).Sum(hour => StatisticsOf(hour)?.ScansOfHour[hour.Hour] ?? 0);

    private long VisitorsOf(DateOnly day)
    {
        if (calendar.IsUtc)
        {
            return statistics.GetValueOrDefault(day)?.Visitors.Estimate() ?? 0;
        }

        var visitors = new VisitorSketch();
        foreach (var hour in calendar.HoursOf(day))
        {
            if (StatisticsOf(hour) is { } part)
            {
                visitors.Add(part.VisitorsOfHour[hour.Hour]);
            }
        }

        return visitors.Estimate();
    }

    private ScanStatistics? StatisticsOf(DateTimeOffset hour) => statistics.GetValueOrDefault(DateOnly.FromDateTime(hour.UtcDateTime));
}
