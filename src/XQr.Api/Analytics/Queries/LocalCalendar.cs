using NodaTime;
using NodaTime.Extensions;

namespace XQr.Api.Analytics.Queries;

/// <summary>
/// The days of a time zone. Its rules come with Noda Time: neither a container without the system's files nor Windows lacks any, and
/// what a caller sends never names a file.
/// </summary>
internal sealed class LocalCalendar(DateTimeZone zone)
{
    public static LocalCalendar Utc { get; } = new(DateTimeZone.Utc);

    /// <summary>Whether the days are those that statistics are kept by.</summary>
    public bool IsUtc => zone.Equals(DateTimeZone.Utc);

    /// <summary>The calendar of a zone by its IANA name; null where there is no such zone.</summary>
    public static LocalCalendar? Find(string name) =>
        name == DateTimeZone.Utc.Id ? Utc : DateTimeZoneProviders.Tzdb.GetZoneOrNull(name) is { } zone ? new(zone) : null;

    public DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(Local(time).DateTime);

    /// <summary>The same time, with the zone's offset from UTC.</summary>
    public DateTimeOffset Local(DateTimeOffset time) => time.ToInstant().InZone(zone).ToDateTimeOffset();

    /// <summary>When a day begins: at midnight, or where the clock leaves that out, with whatever comes next.</summary>
    public DateTimeOffset StartOf(DateOnly day)
    {
        var midnight = zone.MapLocal(day.ToLocalDate().AtMidnight());
        return (midnight.Count == 0 ? midnight.LateInterval.Start : midnight.First().ToInstant()).ToDateTimeOffset();
    }

    /// <summary>
    /// The hours in UTC that belong to a day: those that begin in it, 23 to 25. In a zone that is half an hour off (Asia/Kolkata), a day
    /// of statistics begins with the first full hour in UTC, half an hour late, since statistics have no smaller part than an hour.
    /// </summary>
    public IEnumerable<DateTimeOffset> HoursOf(DateOnly day)
    {
        var end = StartOf(day.AddDays(1));
        for (var hour = FirstHourFrom(StartOf(day)); hour < end; hour = hour.AddHours(1))
        {
            yield return hour;
        }
    }

    /// <summary>The days in UTC that have a part of these; null, all, for all.</summary>
    public DayRange? UtcDaysOf(DayRange? days) => days is not { } some
        ? null
        : new(Utc.DayOf(StartOf(some.From)), Utc.DayOf(StartOf(some.To.AddDays(1)).AddTicks(-1)));

    private static DateTimeOffset FirstHourFrom(DateTimeOffset time)
    {
        var over = time.UtcTicks % TimeSpan.TicksPerHour;
        return new DateTimeOffset(time.UtcTicks + (over == 0 ? 0 : TimeSpan.TicksPerHour - over), TimeSpan.Zero);
    }
}
