using SkiaSharp;
using XQr.Rendering.Logos;
using XQr.Rendering.Shapes;

namespace XQr.Rendering.Styled;

/// <summary>
/// Draws any design as PNG. Without a logo an image has 16 shades from background to foreground, 4 bits per pixel, which is enough for
/// smooth edges; with a logo it has 24 bits per pixel.
/// </summary>
internal static class StyledPngRenderer
{
    private const int Shades = 16;

    public static byte[] Render(QrMatrix matrix, QrDesign design, LogoArea? area, int moduleSize, CancellationToken cancellationToken)
    {
        var width = (matrix.Size + (2 * design.QuietZone)) * moduleSize;
        using var path = PathOf(new(matrix, design, area));
        using var paint = new SKPaint { IsAntialias = true, Color = ToSkia(design.Foreground) };
        if (design.Logo is not { } logo)
        {
            var shades = new BandedRowWriter(width, SKColorType.Alpha8, Draw, PackShades, (width + 1) / 2);
            return PngWriter.Write(width, bitDepth: 4, PaletteOf(design), rows => shades.Write(rows, cancellationToken));
        }

        using var picture = LogoPicture.Load(logo);
        var colours = new BandedRowWriter(width, SKColorType.Rgba8888, DrawAll, PackColours, 3 * width);
        return PngWriter.Write(width, bitDepth: 8, palette: [], rows => colours.Write(rows, cancellationToken));

        void Draw(SKCanvas canvas)
        {
            canvas.Scale(moduleSize);
            canvas.Translate(design.QuietZone, design.QuietZone);
            canvas.DrawPath(path, paint);
        }

        void DrawAll(SKCanvas canvas)
        {
            canvas.Clear(ToSkia(design.Background));
            Draw(canvas);
            var side = LogoArea.WidthOf(matrix.Size, design.LogoSize) / 100f;
            var start = (matrix.Size - side) / 2;
            picture.Draw(canvas, SKRect.Create(start, start, side, side), cancellationToken);
        }
    }

    private static SKPath PathOf(CodeShapes shapes)
    {
        using var pen = new SkiaPen();
        shapes.DrawFinders(pen);
        shapes.DrawDots(pen);
        return pen.ToPath();
    }

    private static byte[] PaletteOf(QrDesign design)
    {
        var (from, to) = (design.Background, design.Foreground);
        return [.. Enumerable.Range(0, Shades).SelectMany(shade => (byte[])
        [
            Mix(from.Red, to.Red, shade), Mix(from.Green, to.Green, shade), Mix(from.Blue, to.Blue, shade),
        ])];

        static byte Mix(byte from, byte to, int shade) => (byte)(from + ((to - from) * shade / (Shades - 1)));
    }

    /// <summary>Converts the coverage of pixels, 0 to 255, to shades. The first of two pixels is in the upper half of a byte.</summary>
    private static void PackShades(ReadOnlySpan<byte> coverage, Span<byte> packed)
    {
        packed.Clear();
        for (var pixel = 0; pixel < coverage.Length; pixel++)
        {
            var shade = ((coverage[pixel] * (Shades - 1)) + 127) / 255;
            packed[pixel / 2] |= (byte)(pixel % 2 == 0 ? shade << 4 : shade);
        }
    }

    private static void PackColours(ReadOnlySpan<byte> pixels, Span<byte> packed)
    {
        for (var (from, to) = (0, 0); to < packed.Length; (from, to) = (from + 4, to + 3))
        {
            pixels.Slice(from, 3).CopyTo(packed[to..]);
        }
    }

    private static SKColor ToSkia(Rgb colour) => new(colour.Red, colour.Green, colour.Blue);
}
