using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using XQr.Api.Pipeline;
using XQr.Api.Primitives;

namespace XQr.Api.Qr.Payloads;

/// <summary>
/// Creates calendar events as iCalendar objects with one VEVENT (RFC 5545, section 3.6.1). Times are in UTC; days have no time zone. The
/// required UID and DTSTAMP are derived from the event, so that the same event gives the same image.
/// </summary>
internal static class EventPayload
{
    private const string Rule = "must be a date such as 2026-03-01, or a date and time in RFC 3339 such as 2026-03-01T14:00:00Z";

    /// <summary>The last allowed day: the day after it must exist too.</summary>
    private static readonly DateOnly MaxDay = DateOnly.MaxValue.AddDays(-1);

    public static string? Write(IFields fields)
    {
        var title = fields.RequiredLine("title");
        var (start, end) = (Read(fields, "start"), Read(fields, "end"));
        if (!fields.Has("start"))
        {
            fields.AddError("start", "is required");
        }

        if (start is { } from && end is { } to && (from.IsDay != to.IsDay || to.Time < from.Time || (!to.IsDay && to.Time == from.Time)))
        {
            fields.AddError("end", "must be after start, and a date if start is a date");
        }

        var details = new ContentLines();
        if (start is { } begins)
        {
            Add(details, "DTSTART", begins, extraDays: 0);
        }

        if (end is { } ends)
        {
            // Requests have the last day; DTEND is the day after it.
            Add(details, "DTEND", ends, extraDays: 1);
        }

        details.AddText("SUMMARY", title);
        details.AddText("LOCATION", fields.Line("location"));
        details.AddText("DESCRIPTION", fields.Filled("description"));
        return Surround(details.ToString(), start?.Time ?? default);
    }

    private static string Surround(string details, DateTime start)
    {
        var (head, tail) = (new ContentLines(), new ContentLines());
        head.AddRaw("BEGIN", "VCALENDAR");
        head.AddRaw("VERSION", "2.0");
        head.AddRaw("PRODID", "-//XQr//EN");
        head.AddRaw("BEGIN", "VEVENT");
        head.AddRaw("UID", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(details)).AsSpan(0, 8)));
        head.AddRaw("DTSTAMP", Utc(start));
        tail.AddRaw("END", "VEVENT");
        tail.AddRaw("END", "VCALENDAR");
        return $"{head}{details}{tail}";
    }

    private static void Add(ContentLines lines, string name, (DateTime Time, bool IsDay) value, int extraDays)
    {
        if (value.IsDay)
        {
            lines.AddRaw($"{name};VALUE=DATE", value.Time.AddDays(extraDays).ToString("yyyyMMdd", CultureInfo.InvariantCulture));
        }
        else
        {
            lines.AddRaw(name, Utc(value.Time));
        }
    }

    private static string Utc(DateTime time) => time.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private static (DateTime Time, bool IsDay)? Read(IFields fields, string name)
    {
        if (fields.Filled(name) is not { } text)
        {
            return null;
        }

        if (Rfc3339.TryParseDate(text, out var day) && day <= MaxDay)
        {
            return (day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc), true);
        }

        if (Rfc3339.TryParseTime(text, out var time))
        {
            // iCalendar times have whole seconds.
            return (time.UtcDateTime.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond)), false);
        }

        fields.AddError(name, Rule);
        return null;
    }
}
