using XQr.Api.Analytics.Visitors;
using XQr.Api.Work;

namespace XQr.Api.Tests.Work;

public sealed class ScheduledWorkTests
{
    private static readonly DateTimeOffset Midnight = new(2026, 3, 15, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The timer is not exact, and the process may be down for a while.</summary>
    [Theory]
    [InlineData(59.9)]
    [InlineData(60.1)]
    [InlineData(240)]
    public void Salts_AreDueOnceAnHourAndSoonAfterOneOClock(double secondsBetweenSweeps)
    {
        var requests = RequestsOfADay(SaltSweep.Schedule, TimeSpan.FromSeconds(secondsBetweenSweeps));

        Assert.Equal(24, requests.Count);
        Assert.All(requests, at => Assert.InRange(at.TimeOfDay.TotalMinutes % 60, 2, 2 + (secondsBetweenSweeps / 60)));
    }

    [Fact]
    public void WithoutAStart_TheLastRequestCounts()
    {
        var requests = RequestsOfADay(new("x", TimeSpan.FromHours(1)), TimeSpan.FromSeconds(59.9));

        Assert.Equal(24, requests.Count);
        Assert.All(requests.Zip(requests.Skip(1)), pair => Assert.InRange((pair.Second - pair.First).TotalMinutes, 59.5, 61));
    }

    private static List<DateTimeOffset> RequestsOfADay(ScheduledWork work, TimeSpan between)
    {
        var requests = new List<DateTimeOffset>();
        var last = Midnight.AddMinutes(-30);
        for (var now = Midnight; now < Midnight.AddDays(1); now += between)
        {
            if (work.IsDue(last, now))
            {
                last = now;
                requests.Add(now);
            }
        }

        return requests;
    }
}
