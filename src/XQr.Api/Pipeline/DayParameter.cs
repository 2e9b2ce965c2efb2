using Microsoft.AspNetCore.Http;
using XQr.Api.Primitives;

namespace XQr.Api.Pipeline;

/// <summary>Reads the parameters of a query that are days.</summary>
internal static class DayParameter
{
    public const string Rule = "must be a date from 2000-01-01 to 2999-12-31, such as 2026-03-01, or a date and time in RFC 3339";

    /// <summary>The earliest day that a request can contain.</summary>
    public static readonly DateOnly Earliest = new(2000, 1, 1);

    /// <summary>The latest day that a request can contain.</summary>
    public static readonly DateOnly Latest = new(2999, 12, 31);

    /// <summary>Reads a day, or the day in UTC of a date and time; null for an absent parameter. Adds the error of an invalid one.</summary>
    public static DateOnly? Read(IQueryCollection query, string name, FieldErrors errors)
    {
        if (!query.TryGetValue(name, out var text))
        {
            return null;
        }

        if (Rfc3339.TryParseDay(text, out var day) && day >= Earliest && day <= Latest)
        {
            return day;
        }

        errors.Add(name, Rule);
        return null;
    }
}
