using CsCheck;
using XQr.Api.Analytics.Scans;
using XQr.Api.Analytics.Statistics;

namespace XQr.Api.Tests.Analytics.Statistics;

public sealed class ScanStatisticsTests
{
    private static readonly DateTimeOffset Midnight = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Gen<Scan> Scans = Gen.Select(
        Gen.Int[0, 1439], Gen.Int[0, 5], Gen.String[0, 20], Gen.ULong[0, 50],
        (minute, value, text, visitor) => new Scan(
            Guid.Empty, Midnight.AddMinutes(minute), $"C{value}", "mobile", text, $"{value}", $"{value}.example", visitor));

    [Fact]
    public void Counts_ReadWhatTheyWrote() => Scans.List[0, 100].Sample(scans =>
    {
        var (statistics, read) = (Of(scans), new ScanStatistics());

        CountsFormat.Read(CountsFormat.Write(statistics), read);

        Assert.Equal(statistics.ScansOfHour, read.ScansOfHour);
        Assert.All(Enum.GetValues<Dimension>(), dimension => Assert.Equal(statistics.By(dimension).All, read.By(dimension).All));
    });

    [Fact]
    public void LinkCounts_ReadWhatTheyWrote() => Gen.Select(Gen.Guid, Gen.Long[1, long.MaxValue]).List[0, 100].Sample(pairs =>
    {
        var (links, read) = (pairs.DistinctBy(pair => pair.Item1).ToDictionary(pair => pair.Item1, pair => pair.Item2), new Dictionary<Guid, long>());

        CountsFormat.Read(CountsFormat.Write(links), read);

        Assert.Equal(links, read);
    });

    [Fact]
    public void Counts_OfAnotherFormat_AreNotMisread() =>
        Assert.Throws<InvalidDataException>(() => CountsFormat.Read([9, 0, 0], new ScanStatistics()));

    [Fact]
    public void PartIsRemoved_TheRestIsLeft() => Gen.Select(Scans.List[0, 50], Scans.List[0, 50]).Sample((part, rest) =>
    {
        var statistics = Of([.. part, .. rest]);

        statistics.RemoveCounts(Of(part));

        Assert.Equal(Of(rest).Scans, statistics.Scans);
        Assert.Equal(Of(rest).ScansOfHour, statistics.ScansOfHour);
        Assert.All(Enum.GetValues<Dimension>(), dimension => Assert.Equal(
            Of(rest).By(dimension).All.OrderBy(count => count.Key), statistics.By(dimension).All.OrderBy(count => count.Key)));
    });

    [Fact]
    public void TooManyValues_TheRestIsOther()
    {
        var counts = new ValueCounts();
        for (var i = 0; i < 1_000; i++)
        {
            counts.Add($"{i:000}.example", 2, maxBytes: 1_500);
        }

        Assert.Equal(2_000, counts.All.Values.Sum());
        Assert.Equal(101, counts.All.Count);
        Assert.Equal(1_800, counts.All[ValueCounts.Other]);

        // Counts under "other" are subtracted there.
        counts.Remove("999.example", 2);
        counts.Remove("000.example", 2);
        Assert.Equal((1_996, 1_798), (counts.All.Values.Sum(), counts.All[ValueCounts.Other]));
    }

    private static ScanStatistics Of(IEnumerable<Scan> scans)
    {
        var statistics = new ScanStatistics();
        foreach (var scan in scans)
        {
            statistics.Add(scan);
        }

        return statistics;
    }
}
