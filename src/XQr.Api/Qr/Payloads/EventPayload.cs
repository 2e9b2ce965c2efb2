using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using XQr.Api.Pipeline;

namespace XQr.Api.Qr.Payloads;

/// <summary>
/// An event to enter in a calendar: an iCalendar object with one VEVENT (RFC 5545, section 3.6.1). Times are in UTC; days are of no
/// zone. UID and DTSTAMP, which it must have, follow from what the event is, so that the same event is the same image.
/// </summary>
internal static class EventPayload
{
    private const string Day = "yyyy-MM-dd";
    private const string Rule = "must be a day or a time in ISO 8601, as in 2026-03-01 or 2026-03-01T14:00:00Z";

    private static readonly string[] TimeFormats = ["yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mmK"];

    public static string? Write(IFields fields)
    {
        var title = fields.RequiredLine("title");
        var (start, end) = (Read(fields, "start"), Read(fields, "end"));
        if (fields.Text("start") is null)
        {
            fields.Fault("start", "is required");
        }

        if (start is { } from && end is { } to && (from.IsDay != to.IsDay || to.Time < from.Time || (!to.IsDay && to.Time == from.Time)))
        {
            fields.Fault("end", "must be after start, and a day where that is a day");
        }

        var details = new ContentLines();
        if (start is { } begins)
        {
            Add(details, "DTSTART", begins, extraDays: 0);
        }

        if (end is { } ends)
        {
            // A caller names the last day; DTEND is the first that is over.
            Add(details, "DTEND", ends, extraDays: 1);
        }

        details.AddText("SUMMARY", title);
        details.AddText("LOCATION", fields.Line("location"));
        details.AddText("DESCRIPTION", fields.Text("description"));
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
        if (fields.Text(name) is not { } text)
        {
            return null;
        }

        const DateTimeStyles Styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (DateTime.TryParseExact(text, Day, CultureInfo.InvariantCulture, Styles, out var day) && day < DateTime.MaxValue.Date)
        {
            return (day, true);
        }

        if (DateTimeOffset.TryParseExact(text, TimeFormats, CultureInfo.InvariantCulture, Styles, out var time))
        {
            return (time.UtcDateTime, false);
        }

        fields.Fault(name, Rule);
        return null;
    }
}
