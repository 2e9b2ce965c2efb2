using XQr.Api.Links;

namespace XQr.Api.Tests.Links;

public sealed class RecentScansTests
{
    private static readonly DateTimeOffset Today = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void NoScans_ThirtyDaysOfZero() => Assert.Equal(new long[30], Until(RecentScans.None, 0));

    [Fact]
    public void Scans_CountOnTheirDaysInUtc()
    {
        var east = TimeSpan.FromHours(9);

        var scans = RecentScans.Of(
            [Today, Today.AddHours(23), Today.AddTicks(-1), new(2026, 3, 1, 8, 0, 0, east), Today.AddDays(-29), Today.AddDays(-30)]);

        Assert.Equal(Days((0, 2), (1, 2), (29, 1)), Until(scans, 0));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(40)]
    public void Later_DaysPassAndTheOldestAreForgotten(int days)
    {
        var scans = RecentScans.Of([Today, Today.AddDays(-1), Today.AddDays(-25)]);

        (int, long)[] left = [.. ((int[])[0, 1, 25]).Select(age => (age + days, 1L)).Where(day => day.Item1 < RecentScans.Days)];
        Assert.Equal(Days(left), Until(scans, days));
    }

    /// <summary>The clock of the reader is behind the one of the writer, around midnight.</summary>
    [Fact]
    public void DayBeforeTheLastScan_IsComplete() =>
        Assert.Equal(Days((0, 1), (29, 1)), Until(RecentScans.Of([Today, Today.AddDays(-1), Today.AddDays(-30)]), -1));

    /// <summary>Tallies are stored and added in any order and at any time.</summary>
    [Fact]
    public void Sum_EqualsARecount()
    {
        var random = new Random(8);
        for (var round = 0; round < 200; round++)
        {
            DateTimeOffset[] times = [.. Enumerable.Range(0, random.Next(1, 300)).Select(_ => Today.AddDays(-random.NextDouble() * 45))];

            var sum = times.Chunk(random.Next(1, 40)).Select(part => Stored(RecentScans.Of(part), part.Max()))
                .Aggregate(RecentScans.None, (one, two) => random.Next(2) == 0 ? one.Add(two) : two.Add(one));

            var counted = times.CountBy(time => DayNumber(Today) - DayNumber(time)).Where(day => day.Key < RecentScans.Days);
            Assert.Equal(Days([.. counted.Select(day => (day.Key, (long)day.Value))]), Until(Stored(sum, times.Max()), 0));
        }
    }

    /// <summary>Counts of an earlier version have no days, so the days up to their last scan are unknown until they are old.</summary>
    [Fact]
    public void CountsWithoutDays_UnknownForThirtyDays()
    {
        var old = RecentScans.Read(null, Today);
        var sum = Stored(old.Add(RecentScans.Of([Today.AddDays(1), Today.AddDays(20)])), Today.AddDays(20));

        Assert.Null(Until(old, 29));
        Assert.Equal(new long[30], Until(old, 30));
        Assert.Null(Until(sum, 29));
        Assert.Equal(Days((10, 1), (29, 1)), Until(sum, 30));
    }

    [Fact]
    public void LargeCounts_AreStored()
    {
        var scans = RecentScans.Read([0xFF, 0xFF, 0xFF, 0xFF, 0x0F, .. new byte[30]], Today);

        Assert.Equal(Days((0, uint.MaxValue)), Until(Stored(scans, Today), 0));
    }

    private static RecentScans Stored(RecentScans scans, DateTimeOffset lastAt) => RecentScans.Read(scans.ToBytes(), lastAt);

    private static IReadOnlyList<long>? Until(RecentScans scans, int days) => scans.Until(DateOnly.FromDateTime(Today.UtcDateTime).AddDays(days));

    private static int DayNumber(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime).DayNumber;

    /// <summary>Returns thirty days with some counts by the age of the day.</summary>
    private static long[] Days(params (int Age, long Count)[] counts)
    {
        var days = new long[RecentScans.Days];
        foreach (var (age, count) in counts)
        {
            days[^(age + 1)] = count;
        }

        return days;
    }
}
