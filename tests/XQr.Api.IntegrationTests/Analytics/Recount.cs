using XQr.Api.Analytics.Scans;
using XQr.Api.Analytics.Statistics;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Analytics;

/// <summary>Counts scans one by one, and compares with what the statistics say.</summary>
internal static class Recount
{
    public static async Task AssertAsync(XQrApplication application, string workspaceId, IReadOnlyList<Scan> all)
    {
        foreach (var includeBots in (bool[])[false, true])
        {
            Scan[] scans = [.. all.Where(scan => includeBots || !scan.IsBot)];
            AssertDays(scans, await application.DaysAsync(workspaceId, includeBots));
            var totals = await application.LinkTotalsAsync(workspaceId, includeBots);
            Assert.Equal(
                scans.GroupBy(scan => scan.LinkId).ToDictionary(link => link.Key, link => link.LongCount()).OrderBy(link => link.Key),
                totals.OrderBy(link => link.Key));
            foreach (var link in all.Select(scan => scan.LinkId).Distinct().Take(5))
            {
                AssertDays([.. scans.Where(scan => scan.LinkId == link)], await application.LinkDaysAsync(workspaceId, link, includeBots));
            }
        }

        Assert.Equal(Sorted(all), Sorted(await application.ScansAsync(workspaceId, ScanSeed.Start.AddDays(-100))));
    }

    private static void AssertDays(Scan[] scans, IReadOnlyList<DailyStatistics> days)
    {
        var expected = scans.GroupBy(scan => DateOnly.FromDateTime(scan.At.UtcDateTime)).OrderBy(day => day.Key).ToArray();
        Assert.Equal(expected.Select(day => day.Key), days.Select(day => day.Day));
        foreach (var (theirs, (_, statistics)) in expected.Zip(days))
        {
            Assert.Equal(theirs.LongCount(), statistics.Scans);
            Assert.Equal(VisitorsIn(theirs), statistics.Visitors.Estimate());
            for (var hour = 0; hour < ScanStatistics.Hours; hour++)
            {
                Scan[] ofHour = [.. theirs.Where(scan => scan.At.Hour == hour)];
                Assert.Equal((ofHour.LongLength, VisitorsIn(ofHour)), (statistics.ScansOfHour[hour], statistics.VisitorsOfHour[hour].Estimate()));
            }

            foreach (var (dimension, value) in Dimensions)
            {
                Assert.Equal(
                    theirs.GroupBy(value).Select(group => (group.Key, group.LongCount())).Order(),
                    statistics.By(dimension).All.Select(count => (count.Key, count.Value)).Order());
            }
        }
    }

    private static readonly (Dimension Dimension, Func<Scan, string> Value)[] Dimensions =
    [
        (Dimension.Country, scan => scan.Country),
        (Dimension.Device, scan => scan.Device),
        (Dimension.Browser, scan => scan.Browser),
        (Dimension.Os, scan => scan.Os),
        (Dimension.Referrer, scan => scan.Referrer),
    ];

    private static long VisitorsIn(IEnumerable<Scan> scans) =>
        scans.Select(scan => scan.Visitor).Where(visitor => visitor != 0).Distinct().LongCount();

    private static IEnumerable<string> Sorted(IEnumerable<Scan> scans) => scans.Select(scan => scan.ToString()).Order(StringComparer.Ordinal);
}
