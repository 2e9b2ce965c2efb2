using Microsoft.AspNetCore.Http;
using XQr.Api.Pipeline;

namespace XQr.Api.Analytics.Queries;

/// <summary>The requested part of a time series.</summary>
/// <param name="Interval">The time that one point covers.</param>
/// <param name="Calendar">The calendar of the days.</param>
/// <param name="Days">The days; null for all.</param>
/// <param name="Today">The last day if all days are requested.</param>
internal sealed record TimeseriesRequest(Interval Interval, LocalCalendar Calendar, DayRange? Days, DateOnly Today)
{
    private const int MaxDays = 3_660;
    private const int MaxDaysByHour = 31;

    /// <summary>Reads a request. Dates take precedence over a period.</summary>
    public static TimeseriesRequest Read(IQueryCollection query, DateTimeOffset now, FieldErrors errors)
    {
        var interval = IntervalQuery.Read(query, errors);
        var calendar = ZoneQuery.Read(query, errors);
        var today = calendar.DayOf(now);
        var hasDates = query.ContainsKey("from_date") || query.ContainsKey("to_date");
        var isPeriod = query.ContainsKey("period") && !IntervalQuery.IsPeriodAnInterval(query) && !hasDates;
        DayRange? days = isPeriod ? PeriodQuery.Read(query, today, PeriodQuery.Default, errors) : DatesQuery.Read(query, today, errors);
        var max = interval == Interval.Hour ? MaxDaysByHour : MaxDays;
        if (!errors.Any && (days is { } some ? some.Count > max : interval == Interval.Hour))
        {
            errors.Add(isPeriod ? "period" : "from_date", $"must give at most {max} days{(interval == Interval.Hour ? " by the hour" : "")}");
        }

        return new(interval, calendar, days, today);
    }
}
