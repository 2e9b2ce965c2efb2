using System.Buffers;

namespace XQr.Rendering;

/// <summary>Draws plain QR codes as PNG: two sRGB colours in a palette, 1 bit per pixel.</summary>
public static class PngRenderer
{
    /// <summary>Renders a matrix as PNG.</summary>
    /// <param name="matrix">The modules.</param>
    /// <param name="design">The colours and the quiet zone.</param>
    /// <param name="moduleSize">The width of a module in pixels, 1 to 50.</param>
    /// <returns>A PNG file.</returns>
    public static byte[] Render(QrMatrix matrix, QrDesign design, int moduleSize)
    {
        var (background, foreground) = (design.Background, design.Foreground);
        return PngWriter.Write(
            (matrix.Size + (2 * design.QuietZone)) * moduleSize,
            bitDepth: 1,
            [background.Red, background.Green, background.Blue, foreground.Red, foreground.Green, foreground.Blue],
            rows => WritePixels(rows, matrix, design.QuietZone, moduleSize));
    }

    /// <summary>
    /// Writes the pixels, one row of modules at a time, so the image is not held in memory. After the first row of pixels the filter Up
    /// reduces the repetitions to zeros. The rows of the quiet zone are zeros with either filter.
    /// </summary>
    private static void WritePixels(Stream output, QrMatrix matrix, int quietZone, int moduleSize)
    {
        var width = (matrix.Size + (2 * quietZone)) * moduleSize;
        var rowBytes = 1 + ((width + 7) / 8);
        var rented = ArrayPool<byte>.Shared.Rent(rowBytes * moduleSize);
        var rows = rented.AsSpan(0, rowBytes * moduleSize);
        var pixels = rows[1..rowBytes];
        rows.Clear();
        for (var row = 1; row < moduleSize; row++)
        {
            rows[row * rowBytes] = PngWriter.Up;
        }

        for (var row = -quietZone; row < matrix.Size + quietZone; row++)
        {
            pixels.Clear();
            if (row >= 0 && row < matrix.Size)
            {
                foreach (var run in new ModuleRuns(matrix.Row(row)))
                {
                    Fill(pixels, (quietZone + run.Start) * moduleSize, run.Length * moduleSize);
                }
            }

            output.Write(rows);
        }

        ArrayPool<byte>.Shared.Return(rented);
    }

    /// <summary>Sets bits. The most significant bit of a byte is the leftmost pixel.</summary>
    private static void Fill(Span<byte> pixels, int start, int count)
    {
        var end = start + count;
        var (first, last) = (start / 8, end / 8);
        var (head, tail) = ((byte)(0xFF >> (start % 8)), (byte)~(0xFF >> (end % 8)));
        if (first == last)
        {
            pixels[first] |= (byte)(head & tail);
            return;
        }

        pixels[first] |= head;
        pixels[(first + 1)..last].Fill(0xFF);
        if (tail != 0)
        {
            pixels[last] |= tail;
        }
    }
}
