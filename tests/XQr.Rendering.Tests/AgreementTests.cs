using XQr.Testing.Decoding;

namespace XQr.Rendering.Tests;

/// <summary>Both formats draw the same: what resvg makes of the SVG is what Skia made of the PNG, up to how each smooths an edge.</summary>
public sealed class AgreementTests(QrReader reader)
{
    /// <summary>Of 255, at any pixel: resvg smooths an edge in steps of a quarter, Skia's coverage is kept in 16 shades.</summary>
    private const int MaxPixelDifference = 110;

    /// <summary>Of 255, on average over the image; small images of dots are edges almost everywhere.</summary>
    private const double MaxAverageDifference = 3;

    public static TheoryData<DotStyle, CornerStyle> Styles => ScanMatrixTests.Styles;

    [Theory, MemberData(nameof(Styles))]
    public async Task Style_IsTheSameInBothFormats(DotStyle dots, CornerStyle corners)
    {
        foreach (var moduleSize in (int[])[4, 10, 13])
        {
            await AssertAgreeAsync(new() { DotStyle = dots, CornerStyle = corners, Foreground = new(0x12, 0x34, 0x56), Background = new(0xFE, 0xDC, 0xBA) }, moduleSize);
        }
    }

    [Fact]
    public async Task LogoOfShapes_IsTheSameInBothFormats() =>
        await AssertAgreeAsync(new() { DotStyle = DotStyle.Rounded, CornerStyle = CornerStyle.Dot, Logo = TestLogos.Cup, LogoSize = 0.28 }, 12);

    /// <summary>Pixels that don't fall on pixels are drawn smoothly by Skia and by resvg, each in its way.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task LogoOfPixels_IsTheSameInBothFormats(int index) => await AssertAgreeAsync(
        new() { DotStyle = DotStyle.Classy, Logo = new[] { TestLogos.Png, TestLogos.Jpeg }[index], LogoSize = 0.25 }, 12, maxPixelDifference: 180);

    [Fact]
    public async Task OtherDesign_IsNotTheSame()
    {
        var one = await RasteriseAsync(new() { DotStyle = DotStyle.Dots }, QrFormat.Png, 10);
        var other = await RasteriseAsync(new() { DotStyle = DotStyle.Rounded }, QrFormat.Svg, 10);

        var differences = one.DifferencesFrom(other);
        Assert.True(differences.Max() > MaxPixelDifference && differences.Average() > MaxAverageDifference);
    }

    private async Task AssertAgreeAsync(QrDesign design, int moduleSize, int maxPixelDifference = MaxPixelDifference)
    {
        var svg = await RasteriseAsync(design, QrFormat.Svg, moduleSize);
        var png = await RasteriseAsync(design, QrFormat.Png, moduleSize);

        Assert.Equal((svg.Width, svg.Height), (png.Width, png.Height));
        var differences = svg.DifferencesFrom(png);
        Assert.InRange(differences.Max(), 0, maxPixelDifference);
        Assert.InRange(differences.Average(), 0, MaxAverageDifference);
    }

    private async Task<Raster> RasteriseAsync(QrDesign design, QrFormat format, int moduleSize) =>
        await reader.RasteriseAsync(Samples.Render(Samples.Url, design, format, moduleSize));
}
