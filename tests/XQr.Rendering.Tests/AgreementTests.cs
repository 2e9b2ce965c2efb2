using XQr.Testing.Decoding;

namespace XQr.Rendering.Tests;

/// <summary>Both formats draw the same: resvg draws the SVG as Skia draws the PNG, except for the antialiasing of edges.</summary>
public sealed class AgreementTests(QrReader reader)
{
    /// <summary>The maximum difference of a pixel, of 255: resvg draws edges in steps of a quarter, and the PNG stores 16 shades.</summary>
    private const int MaxPixelDifference = 110;

    /// <summary>The maximum average difference, of 255: almost all pixels of small images of dots are edges.</summary>
    private const double MaxAverageDifference = 3;

    public static TheoryData<DotStyle, CornerStyle> Styles => ScanMatrixTests.Styles;

    [Theory, MemberData(nameof(Styles))]
    public async Task Style_IsTheSameInBothFormats(DotStyle dots, CornerStyle corners)
    {
        var design = new QrDesign
        {
            DotStyle = dots,
            CornerStyle = corners,
            Foreground = new(0x12, 0x34, 0x56),
            Background = new(0xFE, 0xDC, 0xBA),
        };
        foreach (var moduleSize in (int[])[4, 10, 13])
        {
            await AssertAgreeAsync(design, moduleSize);
        }
    }

    [Fact]
    public async Task LogoOfShapes_IsTheSameInBothFormats() =>
        await AssertAgreeAsync(new() { DotStyle = DotStyle.Rounded, CornerStyle = CornerStyle.Dot, Logo = TestLogos.Cup, LogoSize = 0.28 }, 12);

    /// <summary>Skia and resvg resample pixels in different ways.</summary>
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
