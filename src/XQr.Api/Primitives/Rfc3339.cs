using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace XQr.Api.Primitives;

/// <summary>
/// Reads and writes dates and times in RFC 3339. Requests and commands may have any number of decimals, <c>T</c> and <c>Z</c> in either
/// case, no seconds, and no offset, which then is UTC.
/// </summary>
internal static class Rfc3339
{
    /// <summary>The format of a time in UTC with whole seconds, as all responses and files have it.</summary>
    public const string TimeFormat = "yyyy-MM-ddTHH:mm:ssZ";

    /// <summary>The format of a date.</summary>
    public const string DateFormat = "yyyy-MM-dd";

    /// <summary>The rule for times in error messages.</summary>
    public const string TimeRule = "must be a date and time in RFC 3339, such as 2026-03-01T14:00:00Z or 2026-03-01T14:00:00.123+02:00";

    private const int DecimalsOfTick = 7;

    /// <summary>Writes a time in UTC with whole seconds: <c>2026-03-01T14:00:00Z</c>.</summary>
    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    /// <summary>Writes a date: <c>2026-03-01</c>.</summary>
    public static string Format(DateOnly date) => date.ToString(DateFormat, CultureInfo.InvariantCulture);

    /// <summary>Reads a date and time.</summary>
    /// <param name="text">The text.</param>
    /// <param name="time">The time in UTC, cut to 100 nanoseconds.</param>
    /// <returns>True if the text is a date and time.</returns>
    public static bool TryParseTime([NotNullWhen(true)] string? text, out DateTimeOffset time)
    {
        time = default;
        ReadOnlySpan<char> rest = text;
        if (rest.Length < DateFormat.Length + 1
            || !TryParseDate(rest[..DateFormat.Length], out var date)
            || rest[DateFormat.Length] is not ('T' or 't'))
        {
            return false;
        }

        rest = rest[(DateFormat.Length + 1)..];
        if (!TryReadClock(ref rest, out var clock, out var isLeapSecond) || !TryReadOffset(rest, out var offset))
        {
            return false;
        }

        var ticks = date.DayNumber * TimeSpan.TicksPerDay + clock.Ticks - offset.Ticks;

        // A leap second ends a day in UTC; the next day stands for it.
        if (ticks < 0 || ticks > DateTime.MaxValue.Ticks || (isLeapSecond && ticks % TimeSpan.TicksPerDay >= TimeSpan.TicksPerSecond))
        {
            return false;
        }

        time = new(ticks, TimeSpan.Zero);
        return true;
    }

    /// <summary>Reads a date.</summary>
    public static bool TryParseDate(ReadOnlySpan<char> text, out DateOnly date) =>
        DateOnly.TryParseExact(text, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out date);

    /// <summary>Reads a date; a date and time stands for its day in UTC.</summary>
    public static bool TryParseDay([NotNullWhen(true)] string? text, out DateOnly day)
    {
        if (TryParseDate(text, out day))
        {
            return true;
        }

        var isTime = TryParseTime(text, out var time);
        day = DateOnly.FromDateTime(time.UtcDateTime);
        return isTime;
    }

    /// <summary>Reads <c>HH:mm</c>, <c>HH:mm:ss</c> or <c>HH:mm:ss.f…</c>.</summary>
    private static bool TryReadClock(ref ReadOnlySpan<char> text, out TimeSpan clock, out bool isLeapSecond)
    {
        var (seconds, ticks) = (0, 0L);
        (clock, isLeapSecond) = (default, false);
        if (!TryReadTwo(ref text, 23, out var hours) || !TrySkip(ref text, ':') || !TryReadTwo(ref text, 59, out var minutes)
            || (TrySkip(ref text, ':')
                && (!TryReadTwo(ref text, 60, out seconds) || (TrySkip(ref text, '.') && !TryReadDecimals(ref text, out ticks)))))
        {
            return false;
        }

        clock = new TimeSpan(hours, minutes, seconds) + TimeSpan.FromTicks(ticks);
        isLeapSecond = seconds == 60;
        return true;
    }

    /// <summary>Reads <c>Z</c>, <c>+HH:mm</c> or nothing, which is UTC, up to the end of the text.</summary>
    private static bool TryReadOffset(ReadOnlySpan<char> text, out TimeSpan offset)
    {
        offset = default;
        if (text is [] or ['Z' or 'z'])
        {
            return true;
        }

        if (text[0] is not ('+' or '-'))
        {
            return false;
        }

        var rest = text[1..];
        if (!TryReadTwo(ref rest, 23, out var hours) || !TrySkip(ref rest, ':') || !TryReadTwo(ref rest, 59, out var minutes) || !rest.IsEmpty)
        {
            return false;
        }

        offset = new TimeSpan(hours, minutes, 0) * (text[0] == '-' ? -1 : 1);
        return true;
    }

    /// <summary>Reads at least one digit, of which the first seven count.</summary>
    private static bool TryReadDecimals(ref ReadOnlySpan<char> text, out long ticks)
    {
        var count = text.IndexOfAnyExceptInRange('0', '9');
        count = count < 0 ? text.Length : count;
        ticks = 0;
        for (var i = 0; i < DecimalsOfTick; i++)
        {
            ticks = ticks * 10 + (i < count ? text[i] - '0' : 0);
        }

        text = text[count..];
        return count > 0;
    }

    private static bool TryReadTwo(ref ReadOnlySpan<char> text, int max, out int number)
    {
        number = 0;
        if (text.Length < 2 || !char.IsAsciiDigit(text[0]) || !char.IsAsciiDigit(text[1]))
        {
            return false;
        }

        number = (text[0] - '0') * 10 + text[1] - '0';
        text = text[2..];
        return number <= max;
    }

    private static bool TrySkip(ref ReadOnlySpan<char> text, char character)
    {
        var found = text.Length > 0 && text[0] == character;
        text = found ? text[1..] : text;
        return found;
    }
}
