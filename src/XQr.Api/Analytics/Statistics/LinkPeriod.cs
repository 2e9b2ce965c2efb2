namespace XQr.Api.Analytics.Statistics;

/// <summary>
/// Represents the days of a month from the 1st, the 11th or the 21st on, 8 to 11 days. The scan counts by link of these days are also stored
/// added up (<see cref="LinkPeriodStore"/>).
/// </summary>
/// <param name="From">The first day.</param>
internal readonly record struct LinkPeriod(DateOnly From)
{
    /// <summary>Gets the last day.</summary>
    public DateOnly To => From.Day == 21 ? new(From.Year, From.Month, DateTime.DaysInMonth(From.Year, From.Month)) : From.AddDays(9);

    /// <summary>Returns the period before.</summary>
    public LinkPeriod Previous() => Of(From.AddDays(-1));

    /// <summary>Returns the period after.</summary>
    public LinkPeriod Next() => Of(To.AddDays(1));

    /// <summary>Returns the period of a day.</summary>
    public static LinkPeriod Of(DateOnly day) => new(new(day.Year, day.Month, day.Day <= 10 ? 1 : day.Day <= 20 ? 11 : 21));

    /// <summary>Returns the first period that begins on a day or later.</summary>
    public static LinkPeriod FirstIn(DateOnly day) => Of(day).From == day ? Of(day) : Of(day).Next();

    /// <summary>Returns the ranges of days between some periods and after them.</summary>
    /// <param name="periods">The periods in order.</param>
    /// <param name="last">The last day, included.</param>
    public static IEnumerable<(DateOnly First, DateOnly Last)> DaysBetween(IReadOnlyList<LinkPeriod> periods, DateOnly last)
    {
        foreach (var (index, period) in periods.Index())
        {
            var (first, end) = (period.To.AddDays(1), index + 1 < periods.Count ? periods[index + 1].From.AddDays(-1) : last);
            if (first <= end)
            {
                yield return (first, end);
            }
        }
    }
}
