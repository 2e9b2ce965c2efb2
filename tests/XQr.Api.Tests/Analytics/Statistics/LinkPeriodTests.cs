using System.Globalization;
using XQr.Api.Analytics.Statistics;

namespace XQr.Api.Tests.Analytics.Statistics;

public sealed class LinkPeriodTests
{
    [Theory]
    [InlineData("2026-03-01", "2026-03-01", "2026-03-10")]
    [InlineData("2026-03-10", "2026-03-01", "2026-03-10")]
    [InlineData("2026-03-11", "2026-03-11", "2026-03-20")]
    [InlineData("2026-03-31", "2026-03-21", "2026-03-31")]
    [InlineData("2026-02-28", "2026-02-21", "2026-02-28")]
    [InlineData("2028-02-21", "2028-02-21", "2028-02-29")]
    public void Day_HasAPeriod(string day, string from, string to)
    {
        var period = LinkPeriod.Of(DateOnly.Parse(day, CultureInfo.InvariantCulture));

        Assert.Equal((from, to), (period.From.ToString("O", CultureInfo.InvariantCulture), period.To.ToString("O", CultureInfo.InvariantCulture)));
        Assert.Equal(period, period.Next().Previous());
        Assert.Equal(period.To.AddDays(1), period.Next().From);
    }

    [Theory]
    [InlineData("2026-03-01", "2026-03-01")]
    [InlineData("2026-03-02", "2026-03-11")]
    [InlineData("2026-03-20", "2026-03-21")]
    [InlineData("2026-12-22", "2027-01-01")]
    public void FirstIn_BeginsOnTheDayOrLater(string day, string from) => Assert.Equal(
        DateOnly.Parse(from, CultureInfo.InvariantCulture), LinkPeriod.FirstIn(DateOnly.Parse(day, CultureInfo.InvariantCulture)).From);

    [Fact]
    public void DaysBetween_AreThoseOfNoPeriodAfterTheFirst()
    {
        LinkPeriod[] periods = [new(new(2026, 3, 1)), new(new(2026, 3, 11)), new(new(2026, 4, 1))];

        Assert.Equal([(new(2026, 3, 21), new(2026, 3, 31)), (new(2026, 4, 11), new(2026, 4, 12))], LinkPeriod.DaysBetween(periods, new(2026, 4, 12)));
        Assert.Equal([(new(2026, 3, 21), new(2026, 3, 31))], LinkPeriod.DaysBetween(periods, new(2026, 4, 10)));
        Assert.Empty(LinkPeriod.DaysBetween([], new(2026, 4, 10)));
    }
}
