using Microsoft.AspNetCore.Http;
using XQr.Api.Pipeline;
using XQr.Api.Primitives;

namespace XQr.Api.Analytics.Queries;

/// <summary>The parameters that select days.</summary>
/// <param name="FromDate">The first day; the default is 29 days ago. A date and time means its day in UTC.</param>
/// <param name="ToDate">The last day, inclusive; the default is today. A date and time means its day in UTC.</param>
internal sealed record DatesQuery(DateOnly? FromDate = null, DateOnly? ToDate = null)
{
    public const string Rule = "must be a date from 2000-01-01 to 2999-12-31, such as 2026-03-01, or a date and time in RFC 3339";

    private const int DefaultDays = 30;

    /// <summary>Reads the days, and adds the errors of the parameters.</summary>
    public static DayRange Read(IQueryCollection query, DateOnly today, FieldErrors errors)
    {
        var (from, to) = (ReadDay(query, "from_date", errors), ReadDay(query, "to_date", errors));
        var days = new DayRange(from ?? today.AddDays(1 - DefaultDays), to ?? today);
        if (!errors.Any && days.Count < 1)
        {
            errors.Add(
                "from_date",
                from is null
                    ? "is required where to_date is earlier than 29 days ago, which is the default of from_date"
                    : "must not be after to_date");
        }

        return days;
    }

    private static DateOnly? ReadDay(IQueryCollection query, string name, FieldErrors errors)
    {
        if (!query.TryGetValue(name, out var text))
        {
            return null;
        }

        if (Rfc3339.TryParseDay(text, out var day) && day >= DayRange.Earliest && day <= DayRange.Latest)
        {
            return day;
        }

        errors.Add(name, Rule);
        return null;
    }
}
