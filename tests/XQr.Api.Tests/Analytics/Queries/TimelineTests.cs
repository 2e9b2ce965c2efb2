using XQr.Api.Analytics.Queries;
using XQr.Api.Analytics.Scans;
using XQr.Api.Analytics.Statistics;

namespace XQr.Api.Tests.Analytics.Queries;

public sealed class TimelineTests
{
    private static readonly DayRange March = new(new(2026, 3, 1), new(2026, 3, 31));

    [Fact]
    public void Weeks_BeginOnMonday_WithTheDaysAskedForOnly()
    {
        var timeline = Of(
            LocalCalendar.Utc, At("2026-03-01T12:00:00Z"), At("2026-03-02T00:00:00Z"), At("2026-03-08T23:59:59Z"), At("2026-04-01T00:00:00Z"));

        var points = timeline.Points(Interval.Week, March).ToList();

        Assert.Equal(["2026-02-23", "2026-03-02", "2026-03-09", "2026-03-16", "2026-03-23", "2026-03-30"], points.Select(point => point.Date));
        Assert.Equal([1, 2, 0, 0, 0, 0], points.Select(point => point.Scans));
        Assert.Equal(DateTimeOffset.Parse("2026-02-23T00:00:00Z"), points[0].Timestamp);
    }

    [Fact]
    public void Months_AreThoseOfTheCalendar()
    {
        var timeline = Of(LocalCalendar.Utc, At("2026-02-28T12:00:00Z"), At("2026-03-31T23:00:00Z"), At("2026-03-01T00:00:00Z"));

        var points = timeline.Points(Interval.Month, new(new(2026, 2, 10), new(2026, 4, 2))).ToList();

        Assert.Equal([("2026-02-01", 1), ("2026-03-01", 2), ("2026-04-01", 0)], points.Select(point => (point.Date, point.Scans)));
    }

    [Fact]
    public void LocalDays_TakeTheHoursOfTwoUtcDays()
    {
        var berlin = LocalCalendar.Find("Europe/Berlin")!;
        var timeline = Of(berlin, At("2026-03-28T22:59:59Z"), At("2026-03-28T23:00:00Z"), At("2026-03-29T21:59:59Z"), At("2026-03-29T22:00:00Z"));

        var points = timeline.Points(Interval.Day, new(new(2026, 3, 28), new(2026, 3, 30))).ToList();

        Assert.Equal([("2026-03-28", 1), ("2026-03-29", 2), ("2026-03-30", 1)], points.Select(point => (point.Date, point.Scans)));
        Assert.Equal(DateTimeOffset.Parse("2026-03-28T23:00:00Z"), points[1].Timestamp);
        Assert.Equal([1, 2, 1], timeline.Daily(new(new(2026, 3, 28), new(2026, 3, 30))).Select(day => day.Scans));
    }

    [Fact]
    public void HoursOfADayWithClockChange_TellTheirOffset()
    {
        var timeline = Of(LocalCalendar.Find("Europe/Berlin")!, At("2026-10-25T00:30:00Z"), At("2026-10-25T01:30:00Z"));

        var points = timeline.Points(Interval.Hour, new(new(2026, 10, 25), new(2026, 10, 25))).ToList();

        Assert.Equal(25, points.Count);
        Assert.Equal(
            [("2026-10-25T02:00:00+02:00", 1), ("2026-10-25T02:00:00+01:00", 1)],
            points.Where(point => point.Scans > 0).Select(point => (point.Date, point.Scans)));
    }

    [Fact]
    public void Hours_InUtc() => Assert.Equal(
        ["2026-03-01T00:00:00Z", "2026-03-01T01:00:00Z"],
        Of(LocalCalendar.Utc).Points(Interval.Hour, March).Take(2).Select(point => point.Date));

    [Fact]
    public void Visitors_AreThoseOfEachDayAddedUp()
    {
        Scan[] scans =
        [
            At("2026-03-01T01:00:00Z", 7), At("2026-03-01T02:00:00Z", 7),
            At("2026-03-02T01:00:00Z", 7), At("2026-03-02T01:00:00Z", 8), At("2026-03-02T01:00:00Z"),
        ];

        Assert.Equal(3, Of(LocalCalendar.Utc, scans).Points(Interval.Month, March).Single().UniqueVisitors);
        Assert.Equal([1, 2], Of(LocalCalendar.Utc, scans).Points(Interval.Day, March).Take(2).Select(point => point.UniqueVisitors));
        Assert.Equal([0, 1, 1], Of(LocalCalendar.Utc, scans).Points(Interval.Hour, March).Take(3).Select(point => point.UniqueVisitors));
        Assert.Equal(
            [1, 2], Of(LocalCalendar.Find("Europe/Berlin")!, scans).Points(Interval.Day, March).Take(2).Select(point => point.UniqueVisitors));
    }

    [Fact]
    public void AllDays_ReachFromTheFirstScanToToday()
    {
        var today = new DateOnly(2026, 3, 10);

        Assert.Equal(new DayRange(today, today), Of(LocalCalendar.Utc).DaysUpTo(today));
        Assert.Equal(new DayRange(new(2026, 3, 2), today), Of(LocalCalendar.Utc, At("2026-03-02T01:00:00Z")).DaysUpTo(today));
        Assert.Equal(new DayRange(new(2026, 3, 1), today), Of(LocalCalendar.Find("America/Lima")!, At("2026-03-02T01:00:00Z")).DaysUpTo(today));
        Assert.Equal(new DayRange(today, new(2026, 3, 11)), Of(LocalCalendar.Utc, At("2026-03-11T00:00:00Z")).DaysUpTo(today));
    }

    private static Scan At(string time, ulong visitor = 0) =>
        new(Guid.Empty, DateTimeOffset.Parse(time), "DE", "mobile", "Safari", "iOS", "direct", visitor);

    private static Timeline Of(LocalCalendar calendar, params Scan[] scans) => new(
        scans.GroupBy(scan => DateOnly.FromDateTime(scan.At.UtcDateTime)).Select(day =>
        {
            var statistics = new ScanStatistics();
            foreach (var scan in day)
            {
                statistics.Add(scan);
            }

            return new DailyStatistics(day.Key, statistics);
        }),
        calendar);
}
