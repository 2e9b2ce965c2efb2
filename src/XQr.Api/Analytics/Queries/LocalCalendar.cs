using NodaTime;
using NodaTime.Extensions;

namespace XQr.Api.Analytics.Queries;

/// <summary>
/// Represents the days of a time zone. The rules of time zones come with Noda Time, so they do not depend on files of the operating system, and
/// the input of a caller never names a file.
/// </summary>
internal sealed class LocalCalendar(DateTimeZone zone)
{
    /// <summary>Gets the calendar of UTC.</summary>
    public static LocalCalendar Utc { get; } = new(DateTimeZone.Utc);

    /// <summary>Gets whether the days are UTC days, by which statistics are stored.</summary>
    public bool IsUtc => zone.Equals(DateTimeZone.Utc);

    /// <summary>Returns the calendar of a time zone by its IANA name; null if there is no such time zone.</summary>
    public static LocalCalendar? Find(string name) =>
        name == DateTimeZone.Utc.Id ? Utc : DateTimeZoneProviders.Tzdb.GetZoneOrNull(name) is { } zone ? new(zone) : null;

    /// <summary>Returns the day of a time.</summary>
    public DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(Local(time).DateTime);

    /// <summary>Returns the same time with the offset of the time zone.</summary>
    public DateTimeOffset Local(DateTimeOffset time) => time.ToInstant().InZone(zone).ToDateTimeOffset();

    /// <summary>Returns the start of a day: midnight or, if clocks skip midnight, the first time after it.</summary>
    public DateTimeOffset StartOf(DateOnly day)
    {
        var midnight = zone.MapLocal(day.ToLocalDate().AtMidnight());
        return (midnight.Count == 0 ? midnight.LateInterval.Start : midnight.First().ToInstant()).ToDateTimeOffset();
    }

    /// <summary>
    /// Returns the UTC hours that begin in a day, 23 to 25. In a time zone with a half-hour offset (Asia/Kolkata), the statistics of a day begin
    /// with the first full UTC hour, half an hour late, because statistics are stored by hour.
    /// </summary>
    public IEnumerable<DateTimeOffset> HoursOf(DateOnly day)
    {
        var end = StartOf(day.AddDays(1));
        for (var hour = FirstHourFrom(StartOf(day)); hour < end; hour = hour.AddHours(1))
        {
            yield return hour;
        }
    }

    /// <summary>Returns the UTC days that overlap with days; null, which means all, for null.</summary>
    public DayRange? UtcDaysOf(DayRange? days) => days is not { } some
        ? null
        : new(Utc.DayOf(StartOf(some.From)), Utc.DayOf(StartOf(some.To.AddDays(1)).AddTicks(-1)));

    private static DateTimeOffset FirstHourFrom(DateTimeOffset time)
    {
        var over = time.UtcTicks % TimeSpan.TicksPerHour;
        return new DateTimeOffset(time.UtcTicks + (over == 0 ? 0 : TimeSpan.TicksPerHour - over), TimeSpan.Zero);
    }
}
