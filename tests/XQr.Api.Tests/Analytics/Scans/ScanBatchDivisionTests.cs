using XQr.Api.Analytics.Scans;

namespace XQr.Api.Tests.Analytics.Scans;

public sealed class ScanBatchDivisionTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void LinksTakeTurns_FewBatches()
    {
        Guid[] links = [.. Enumerable.Range(0, 150).Select(_ => Guid.NewGuid())];
        Scan[] scans = [.. Enumerable.Range(0, 3_000).Select(i => NewScan(links[i % links.Length], Noon.AddSeconds(i)))];

        var batches = Divide(scans);

        Assert.Equal(2, batches.Length);
        Assert.All(batches, batch => Assert.InRange(batch.Scans.Select(scan => scan.LinkId).Distinct().Count(), 1, ScanBatch.MaxLinks));
        Assert.Equal(scans.OrderBy(scan => scan.At), batches.SelectMany(batch => batch.Scans).OrderBy(scan => scan.At));
    }

    [Fact]
    public void ManyOfOneLink_DividedInTheirOrder()
    {
        var link = Guid.NewGuid();
        Scan[] scans = [.. Enumerable.Range(0, ScanBatch.MaxScans + 1).Select(i => NewScan(link, Noon.AddMilliseconds(i)))];

        var batches = Divide(scans);

        Assert.Equal([ScanBatch.MaxScans, 1], batches.Select(batch => batch.Scans.Count));
        Assert.Equal(scans, batches.SelectMany(batch => batch.Scans));
        Assert.Equal(["1", "2"], batches.Select(batch => batch.Id));
    }

    [Fact]
    public void HourEnds_BatchEnds()
    {
        var (one, other) = (Guid.NewGuid(), Guid.NewGuid());

        var batches = Divide(
        [
            NewScan(one, Noon.AddMinutes(59)), NewScan(other, Noon.AddMinutes(59)),
            NewScan(one, Noon.AddMinutes(60)), NewScan(other, Noon.AddMinutes(61)),
        ]);

        Assert.Equal(["2026030112", "2026030113"], batches.Select(batch => batch.Hour));
        Assert.All(batches, batch => Assert.Equal([one, other], batch.Scans.Select(scan => scan.LinkId)));
    }

    [Fact]
    public void NoScans_NoBatch() => Assert.Empty(Divide([]));

    private static ScanBatch[] Divide(Scan[] scans)
    {
        var made = 0;
        return [.. ScanBatch.Divide(scans, () => $"{++made}")];
    }

    private static Scan NewScan(Guid link, DateTimeOffset at) => new(link, at, "ZZ", "desktop", "Chrome", "Windows", "direct");
}
