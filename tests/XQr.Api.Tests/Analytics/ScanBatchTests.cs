using CsCheck;
using XQr.Api.Analytics;

namespace XQr.Api.Tests.Analytics;

public sealed class ScanBatchTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly Gen<Scan> Scans = Gen.Select(
        Gen.Int[0, 150], Gen.Long[-7_200_000, 7_200_000], Gen.Bool, Gen.Bool, Gen.String[0, 40],
        (link, milliseconds, known, mobile, text) =>
            new Scan(LinkId(link), Noon.AddMilliseconds(milliseconds), known ? "DE" : Scan.UnknownCountry, mobile ? "mobile" : "desktop", text, $"{text}s", Scan.Direct));

    [Fact]
    public void Format_ReadsWhatItWrote() => Scans.List[1, 200].Sample(scans => Assert.Equal(scans, ScanBatchFormat.Read(ScanBatchFormat.Write(scans))));

    [Fact]
    public void Format_TakesAboutTenBytesAScan()
    {
        Scan[] scans = [.. Enumerable.Range(0, 1_000).Select(index =>
            new Scan(LinkId(index % 10), Noon.AddMilliseconds(index * 37), "DE", "mobile", "Chrome", "Android", "example.com"))];

        Assert.InRange(ScanBatchFormat.Write(scans).Length, 1, 10_000);
    }

    [Fact]
    public void Format_OfAnotherVersion_IsNotMisread() =>
        Assert.Throws<InvalidDataException>(() => ScanBatchFormat.Read([9, .. ScanBatchFormat.Write([new(LinkId(1), Noon, "DE", "mobile", "a", "b", "c")])[1..]]));

    [Fact]
    public void Divide_LosesNothingAndKeepsEachBatchStorable() => Scans.List[1, 400].Sample(scans =>
    {
        var made = 0;
        var batches = ScanBatch.Divide(scans, () => $"{made++}").ToList();

        Assert.Equal(scans.OrderBy(scan => scan.ToString()), batches.SelectMany(batch => batch.Scans).OrderBy(scan => scan.ToString()));
        Assert.Equal(batches.Count, batches.Select(batch => batch.Id).Distinct().Count());
        Assert.All(batches, batch =>
        {
            Assert.InRange(batch.Scans.Count, 1, ScanBatch.MaxScans);
            Assert.InRange(batch.Scans.Select(scan => scan.LinkId).Distinct().Count(), 1, ScanBatch.MaxLinks);
            Assert.Single(batch.Scans.Select(scan => scan.At.Hour).Distinct());
        });
    });

    [Fact]
    public void Divide_LargestBatch_FitsARow()
    {
        // Each text as long as it may be and another each time: a user agent's families are far shorter than a host name.
        Scan[] scans = [.. Enumerable.Range(0, ScanBatch.MaxScans).Select(index =>
            new Scan(LinkId(index % ScanBatch.MaxLinks), Noon, "DE", "desktop", $"{index,40}", $"{-index,40}", $"{index,253}"))];

        var batch = Assert.Single(ScanBatch.Divide(scans, () => "id"));

        Assert.InRange(ScanBatchFormat.Write(batch.Scans).Length, 1, 1_000_000);
    }

    private static Guid LinkId(int number) => new(number, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 0);
}
