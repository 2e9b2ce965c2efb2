using XQr.Testing.Decoding;

namespace XQr.Rendering.Tests;

/// <summary>A logo that does not fit a code is drawn at the maximum size that fits, and the code can be read.</summary>
public sealed class ReducedLogoTests(QrReader reader, ITestOutputHelper output)
{
    private static readonly QrDesign Large = new() { Logo = TestLogos.Cup, LogoSize = 0.4, QuietZone = 4 };

    /// <summary>The lengths of short links, up to the maximum.</summary>
    public static TheoryData<int> Lengths => [1, 10, 24, 50, 100, 200, 400, 1_000, 1_200, 1_273];

    /// <summary>The second reader is omitted above 400 characters: from version 35 it finds no code with a logo of this size.</summary>
    [Theory, MemberData(nameof(Lengths))]
    public async Task ReducedLogo_IsReadByTwoReaders(int length)
    {
        output.WriteLine(ZBarReader.IsInstalled ? "Read by ZXing and by zbarimg." : "zbarimg is not installed: read by ZXing alone.");
        var text = Text(length);
        foreach (var logo in TestLogos.All)
        {
            foreach (var format in Samples.Formats)
            {
                var image = Assert.IsType<QrOutcome.Image>(QrRenderer.Render(text, Large with { Logo = logo }, format, 6));

                Assert.True(image.ReducedLogoSize is >= QrDesign.MinLogoSize and < 0.4, $"{image.ReducedLogoSize}");
                Assert.Equal(text, await reader.ReadAsync(image.Bytes));
                if (ZBarReader.IsInstalled && length <= 400)
                {
                    Assert.Equal(text, await ZBarReader.ReadAsync(await reader.RasteriseAsync(image.Bytes)));
                }
            }
        }
    }

    [Fact]
    public void ReducedLogo_EqualsALogoOfThatSize()
    {
        var reduced = Assert.IsType<QrOutcome.Image>(QrRenderer.Render(Samples.Url, Large, QrFormat.Svg, 1));
        var design = Large with { LogoSize = reduced.ReducedLogoSize!.Value };
        var exact = Assert.IsType<QrOutcome.Image>(QrRenderer.Render(Samples.Url, design, QrFormat.Svg, 1));

        Assert.Equal(0.36, reduced.ReducedLogoSize);
        Assert.Equal(reduced.Bytes, exact.Bytes);
        Assert.Null(exact.ReducedLogoSize);
    }

    [Fact]
    public void ReducedLogo_IsAsLargeAsPossible()
    {
        foreach (var length in (int[])[1, 100, 200, 1_273])
        {
            var size = Assert.IsType<QrOutcome.Image>(QrRenderer.Render(Text(length), Large, QrFormat.Svg, 1)).ReducedLogoSize!.Value;
            var larger = Assert.IsType<QrOutcome.Image>(QrRenderer.Render(Text(length), Large with { LogoSize = size + 0.01 }, QrFormat.Svg, 1));

            Assert.Equal(size, larger.ReducedLogoSize);
        }
    }

    /// <summary>Returns a text of lower-case letters, which have no shorter encoding.</summary>
    private static string Text(int length) => string.Concat(Enumerable.Range(0, length).Select(index => (char)('a' + (index * 7 % 26))));
}
