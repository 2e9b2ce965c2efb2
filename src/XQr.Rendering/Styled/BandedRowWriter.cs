using SkiaSharp;

namespace XQr.Rendering.Styled;

/// <summary>Draws a square image in horizontal bands and writes its rows. As a whole the largest image would take 400 MB.</summary>
internal sealed class BandedRowWriter(int width, SKColorType colours, Action<SKCanvas> draw, RowPacker pack, int packedBytes)
{
    private const int BandBytes = 4 * 1024 * 1024;

    /// <summary>Writes each row as its difference from the row above, which is mostly zeros at vertical edges.</summary>
    public void Write(Stream output, CancellationToken cancellationToken)
    {
        var height = Math.Clamp(BandBytes / (width * 4), 1, width);
        using var colourSpace = SKColorSpace.CreateSrgb();
        using var surface = SKSurface.Create(new SKImageInfo(width, height, colours, SKAlphaType.Premul, colourSpace));
        using var pixmap = surface.PeekPixels();
        var (above, row, filtered) = (new byte[packedBytes], new byte[packedBytes], new byte[packedBytes + 1]);
        filtered[0] = PngWriter.Up;
        for (var top = 0; top < width; top += height)
        {
            surface.Canvas.Clear();
            surface.Canvas.Save();
            surface.Canvas.Translate(0, -top);
            draw(surface.Canvas);
            surface.Canvas.Restore();
            var pixels = pixmap.GetPixelSpan<byte>();
            for (var y = 0; y < Math.Min(height, width - top); y++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                pack(pixels.Slice(y * pixmap.RowBytes, width * pixmap.BytesPerPixel), row);
                Subtract(row, above, filtered.AsSpan(1));
                output.Write(filtered);
                (above, row) = (row, above);
            }
        }
    }

    private static void Subtract(ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, Span<byte> difference)
    {
        for (var index = 0; index < row.Length; index++)
        {
            difference[index] = (byte)(row[index] - above[index]);
        }
    }
}

/// <summary>Converts a row of Skia pixels to the bytes of a PNG row.</summary>
internal delegate void RowPacker(ReadOnlySpan<byte> pixels, Span<byte> packed);
