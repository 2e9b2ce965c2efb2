using XQr.Api.Analytics.Queries;

namespace XQr.Api.Tests.Analytics.Queries;

public sealed class LocalCalendarTests
{
    [Theory]
    [InlineData("Europe/Berlin", "2026-03-28", 24)]
    [InlineData("Europe/Berlin", "2026-03-29", 23)]
    [InlineData("Europe/Berlin", "2026-10-25", 25)]
    [InlineData("America/New_York", "2026-11-01", 25)]
    [InlineData("Australia/Lord_Howe", "2026-04-05", 25)] // Half an hour more: the full hours in UTC that begin in it are 25.
    [InlineData("Asia/Kolkata", "2026-03-29", 24)]
    [InlineData("Africa/Cairo", "2026-04-24", 23)] // Midnight is left out.
    [InlineData("Pacific/Apia", "2011-12-30", 0)] // The day that Samoa left out.
    [InlineData("UTC", "2026-03-29", 24)]
    public void Days_HaveTheHoursOfTheirZone(string zone, string day, int hours) =>
        Assert.Equal(hours, LocalCalendar.Find(zone)!.HoursOf(DateOnly.Parse(day)).Count());

    [Theory]
    [InlineData("Europe/Berlin", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z")]
    [InlineData("America/New_York", "2026-03-29T04:00:00Z", "2026-03-30T04:00:00Z")]
    [InlineData("Asia/Kolkata", "2026-03-28T19:00:00Z", "2026-03-29T19:00:00Z")]
    public void Hours_AreThoseOfUtcThatBeginInTheDay(string zone, string first, string next)
    {
        var hours = LocalCalendar.Find(zone)!.HoursOf(new(2026, 3, 29)).ToList();

        Assert.Equal(DateTimeOffset.Parse(first), hours[0]);
        Assert.Equal(DateTimeOffset.Parse(next), hours[^1].AddHours(1));
    }

    /// <summary>However the clocks change, each hour belongs to one day.</summary>
    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("America/St_Johns")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("Asia/Kathmandu")]
    [InlineData("Africa/Casablanca")]
    public void DaysInARow_HaveEachHourOnce(string zone)
    {
        var calendar = LocalCalendar.Find(zone)!;

        var hours = new DayRange(new(2025, 12, 30), new(2027, 1, 2)).Days.SelectMany(calendar.HoursOf).ToList();

        Assert.All(hours.Zip(hours.Skip(1)), pair => Assert.Equal(pair.First.AddHours(1), pair.Second));
    }

    [Fact]
    public void UtcDays_CoverTheLocalOnes()
    {
        var days = new DayRange(new(2026, 3, 29), new(2026, 3, 30));

        Assert.Equal(days, LocalCalendar.Utc.UtcDaysOf(days));
        Assert.Equal(new DayRange(new(2026, 3, 28), new(2026, 3, 30)), LocalCalendar.Find("Europe/Berlin")!.UtcDaysOf(days));
        Assert.Equal(new DayRange(new(2026, 3, 29), new(2026, 3, 31)), LocalCalendar.Find("America/Lima")!.UtcDaysOf(days));
        Assert.Null(LocalCalendar.Utc.UtcDaysOf(null));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Berlin")]
    [InlineData("europe/berlin")]
    [InlineData("../../etc/passwd")]
    [InlineData("W. Europe Standard Time")]
    public void UnknownZones_AreNone(string name) => Assert.Null(LocalCalendar.Find(name));
}
