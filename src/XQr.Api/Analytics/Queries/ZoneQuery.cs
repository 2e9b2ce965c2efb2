using Microsoft.AspNetCore.Http;
using XQr.Api.Pipeline;

namespace XQr.Api.Analytics.Queries;

/// <summary>The parameter that selects a time zone.</summary>
/// <param name="Tz">The IANA name of the time zone, such as <c>Europe/Berlin</c>; the default is UTC.</param>
internal sealed record ZoneQuery(string? Tz = null)
{
    public const string Rule = "must be the IANA name of a time zone, such as Europe/Berlin";

    /// <summary>Reads the calendar of the time zone, and adds the error of the parameter.</summary>
    public static LocalCalendar Read(IQueryCollection query, FieldErrors errors)
    {
        if (!query.TryGetValue("tz", out var name))
        {
            return LocalCalendar.Utc;
        }

        if (LocalCalendar.Find(name.ToString()) is { } calendar)
        {
            return calendar;
        }

        errors.Add("tz", Rule);
        return LocalCalendar.Utc;
    }
}
