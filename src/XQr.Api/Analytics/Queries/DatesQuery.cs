using Microsoft.AspNetCore.Http;
using XQr.Api.Pipeline;

namespace XQr.Api.Analytics.Queries;

/// <summary>The parameters that select days.</summary>
/// <param name="FromDate">The first day; the default is 29 days ago. A date and time means its day in UTC.</param>
/// <param name="ToDate">The last day, inclusive; the default is today. A date and time means its day in UTC.</param>
internal sealed record DatesQuery(DateOnly? FromDate = null, DateOnly? ToDate = null)
{
    public const string Rule = DayParameter.Rule;

    private const int DefaultDays = 30;

    /// <summary>Reads the days, and adds the errors of the parameters.</summary>
    public static DayRange Read(IQueryCollection query, DateOnly today, FieldErrors errors)
    {
        var (from, to) = (DayParameter.Read(query, "from_date", errors), DayParameter.Read(query, "to_date", errors));
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
}
