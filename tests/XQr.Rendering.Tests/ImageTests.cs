using XQr.Testing;
using XQr.Testing.Decoding;

namespace XQr.Rendering.Tests;

/// <summary>Images of plain designs in both formats.</summary>
public sealed class ImageTests(QrReader reader)
{
    public static TheoryData<QrFormat, ErrorCorrection> Cases =>
        [.. from format in Samples.Formats from level in Samples.Levels select (format, level)];

    /// <summary>Images are compared byte for byte. A change requires a new <see cref="QrRenderer.Version"/>.</summary>
    [Theory, MemberData(nameof(Cases))]
    public void Image_IsTheApprovedOne(QrFormat format, ErrorCorrection level) => Approved.Verify(
        Samples.Render(Samples.Url, new() { ErrorCorrection = level }, format, 10), $"{level}.{format}".ToLowerInvariant());

    [Theory]
    [InlineData(QrFormat.Svg)]
    [InlineData(QrFormat.Png)]
    public void ImageOfOtherDesign_IsTheApprovedOne(QrFormat format) => Approved.Verify(
        Samples.Render(Samples.Url, new() { Foreground = new(0x0B, 0x3D, 0x2E), Background = new(0xFF, 0xF8, 0xE7), QuietZone = 4 }, format, 3),
        $"colours.{format}".ToLowerInvariant());

    /// <summary>Each pixel has the colour of its module, so both formats draw the same.</summary>
    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 1)]
    [InlineData(2, 16)]
    [InlineData(3, 1)]
    [InlineData(7, 2)]
    [InlineData(8, 0)]
    [InlineData(10, 1)]
    [InlineData(16, 3)]
    [InlineData(50, 1)]
    public async Task EachPixel_HasTheColourOfItsModule(int moduleSize, int quietZone)
    {
        var design = new QrDesign { Foreground = new(0x12, 0x34, 0x56), Background = new(0xFE, 0xDC, 0xBA), QuietZone = quietZone };
        foreach (var data in (string[])[Samples.Url, new('x', 60)])
        {
            var matrix = Samples.Matrix(data: data);
            var (foreground, background) = (Bytes(design.Foreground), Bytes(design.Background));
            foreach (var format in Samples.Formats)
            {
                var raster = await reader.RasteriseAsync(Samples.Render(data, design, format, moduleSize));

                var width = (matrix.Size + (2 * quietZone)) * moduleSize;
                Assert.Equal((width, width), (raster.Width, raster.Height));
                for (var y = 0; y < width; y++)
                {
                    for (var x = 0; x < width; x++)
                    {
                        var (row, column) = ((y / moduleSize) - quietZone, (x / moduleSize) - quietZone);
                        var isDark = row >= 0 && row < matrix.Size && column >= 0 && column < matrix.Size && matrix[row, column];
                        var colour = raster.Pixels.AsSpan(((y * width) + x) * 4, 4);
                        if (!colour.SequenceEqual(isDark ? foreground : background))
                        {
                            Assert.Fail($"{format}: pixel {x}, {y} is {raster[y, x]}");
                        }
                    }
                }
            }
        }
    }

    private static byte[] Bytes(Rgb colour) => [colour.Red, colour.Green, colour.Blue, byte.MaxValue];

    [Fact]
    public void SameInput_GivesTheSameBytesInAnyOrder()
    {
        var inputs = (
            from format in Samples.Formats
            from level in Samples.Levels
            from length in (int[])[1, 25, 300, 1_200]
            from moduleSize in (int[])[1, 10]
            select (Data: new string('x', length), Design: new QrDesign { ErrorCorrection = level }, format, moduleSize)).ToArray();
        var first = inputs.Select(Render).ToArray();
        var again = new byte[inputs.Length][];

        Parallel.For(0, inputs.Length, index => again[^(index + 1)] = Render(inputs[^(index + 1)]));

        Assert.Equal(first, again);

        static byte[] Render((string Data, QrDesign Design, QrFormat Format, int ModuleSize) input) =>
            Samples.Render(input.Data, input.Design, input.Format, input.ModuleSize);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(51)]
    public void ModuleSizeOutsideItsRange_IsRejected(int moduleSize) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => QrRenderer.Render(Samples.Url, QrDesign.Default, QrFormat.Svg, moduleSize));

    [Fact]
    public void UnknownFormat_IsRejected() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => QrRenderer.Render(Samples.Url, QrDesign.Default, (QrFormat)2, 10));

    [Fact]
    public void TextThatDoesNotFit_GivesNoImage() =>
        Assert.Equal(
            new QrOutcome.DataTooLong(ErrorCorrection.H, 1_273),
            QrRenderer.Render(new('x', 1_274), new() { ErrorCorrection = ErrorCorrection.H }, QrFormat.Svg, 10));
}
