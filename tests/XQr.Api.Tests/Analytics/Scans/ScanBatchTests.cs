using CsCheck;
using XQr.Api.Analytics.Scans;

namespace XQr.Api.Tests.Analytics.Scans;

public sealed class ScanBatchTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly Gen<Scan> Scans = Gen.Select(
        Gen.Int[0, 150], Gen.Long[-7_200_000, 7_200_000], Gen.Bool, Gen.Bool, Gen.String[0, 40], Gen.ULong,
        (link, milliseconds, known, bot, text, visitor) => new Scan(
            LinkId(link),
            Noon.AddMilliseconds(milliseconds),
            known ? "DE" : Scan.UnknownCountry,
            "mobile",
            text,
            $"{text}s",
            Scan.Direct,
            visitor,
            bot));

    [Fact]
    public void Format_ReadsWhatItWrote() =>
        Scans.List[1, 200].Sample(scans => Assert.Equal(scans, ScanBatchFormat.Read(ScanBatchFormat.Write(scans))));

    [Fact]
    public void Links_AreReadWithoutTheScans() => Scans.List[1, 200].Sample(scans =>
        Assert.Equal(scans.Select(scan => scan.LinkId).Distinct(), ScanBatchFormat.ReadLinks(ScanBatchFormat.Write(scans))));

    [Fact]
    public void Number_IsReadWithoutTheScans() => Scans.List[1, 200].Sample(scans =>
        Assert.Equal(scans.Count, ScanBatchFormat.ReadCount(ScanBatchFormat.Write(scans))));

    /// <summary>A batch as version 1 wrote it: two scans of one link by people.</summary>
    [Fact]
    public void FirstVersion_IsStillRead() => Assert.Equal(
        [
            new(LinkId(1), Noon, "DE", "mobile", "Chrome", "Android", "a.example"),
            new(LinkId(1), Noon.AddMilliseconds(250), "ZZ", "mobile", "Chrome", "Android", "a.example"),
        ],
        ScanBatchFormat.Read(Convert.FromHexString(
            "01010000000100007000800000000000000006024445066D6F62696C65064368726F6D6507416E64726F696409612E657861"
            + "6D706C65025A5A0280A8A8949567000001020304F403000501020304")));

    [Fact]
    public void Format_TakesAboutEighteenBytesAScan()
    {
        Scan[] scans = [.. Enumerable.Range(0, 1_000).Select(index =>
            new Scan(LinkId(index % 10), Noon.AddMilliseconds(index * 37), "DE", "mobile", "Chrome", "Android", "example.com"))];

        Assert.InRange(ScanBatchFormat.Write(scans).Length, 1, 18_000);
    }

    [Fact]
    public void Format_OfAnotherVersion_IsNotMisread() =>
        Assert.Throws<InvalidDataException>(
            () => ScanBatchFormat.Read([9, .. ScanBatchFormat.Write([new(LinkId(1), Noon, "DE", "mobile", "a", "b", "c")])[1..]]));

    [Fact]
    public void Format_Damaged_IsRefusedAndNothingElseThrown() => Gen.Select(
        Scans.List[1, 50], Gen.Int[0, 20_000], Gen.Byte, Gen.Bool).Sample((scans, at, value, cut) =>
    {
        var bytes = ScanBatchFormat.Write(scans);
        at %= bytes.Length;
        if (cut)
        {
            Assert.Throws<InvalidDataException>(() => ScanBatchFormat.Check(bytes[..at]));
            Assert.False(ScanBatchFormat.TryRead(bytes[..at], out _, out _));
        }
        else
        {
            // Another value may be read as other scans, but never throws anything else.
            bytes[at] = value;
            Assert.Equal(ScanBatchFormat.TryRead(bytes, out _, out _), Record.Exception(() => ScanBatchFormat.Check(bytes)) is null);
        }
    });

    [Fact]
    public void Format_WithBytesLeftOver_IsRefused() =>
        Assert.False(ScanBatchFormat.TryRead([.. ScanBatchFormat.Write([new(LinkId(1), Noon, "DE", "mobile", "a", "b", "c")]), 0], out _, out _));

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
