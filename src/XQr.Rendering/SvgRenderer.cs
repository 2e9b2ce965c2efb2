using System.Buffers;
using System.Globalization;
using System.Text.Unicode;

namespace XQr.Rendering;

/// <summary>Draws plain QR codes as SVG.</summary>
/// <remarks>
/// The unit is a module, so the image scales freely. All dark modules are one path: each run of them in a row is a line one module thick,
/// which takes half the bytes of filled rectangles. Apart from the first point all coordinates are relative and whole.
/// </remarks>
public static class SvgRenderer
{
    /// <summary>The head's longest form takes some 200 bytes.</summary>
    private const int HeadBytes = 256;

    /// <summary>A step to the next run and the run itself: <c>m-176 1h177</c>.</summary>
    private const int RunBytes = 11;

    /// <summary>Renders a matrix.</summary>
    /// <param name="matrix">The modules.</param>
    /// <param name="design">Colours and quiet zone.</param>
    /// <param name="moduleSize">The width of a module in CSS pixels, 1 to 50; it sets the image's own width and height.</param>
    /// <returns>An SVG document.</returns>
    public static byte[] Render(QrMatrix matrix, QrDesign design, int moduleSize)
    {
        var width = matrix.Size + (2 * design.QuietZone);
        var runs = matrix.Size * ((matrix.Size + 1) / 2);
        var buffer = ArrayPool<byte>.Shared.Rent(HeadBytes + (runs * RunBytes));
        try
        {
            var length = WriteHead(buffer, width, width * moduleSize, design);
            length += WritePath(buffer.AsSpan(length), matrix, design.QuietZone);
            return buffer.AsSpan(0, length).ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static int WriteHead(Span<byte> output, int width, int pixels, QrDesign design)
    {
        Utf8.TryWrite(
            output,
            CultureInfo.InvariantCulture,
            $"""<svg xmlns="http://www.w3.org/2000/svg" width="{pixels}" height="{pixels}" viewBox="0 0 {width} {width}" shape-rendering="crispEdges"><rect width="{width}" height="{width}" fill="{design.Background}"/><path stroke="{design.Foreground}" d="M{design.QuietZone} {design.QuietZone}.5""",
            out var length);
        return length;
    }

    private static int WritePath(Span<byte> output, QrMatrix matrix, int quietZone)
    {
        var length = 0;
        var (x, y) = (0, 0);
        for (var row = 0; row < matrix.Size; row++)
        {
            foreach (var run in new ModuleRuns(matrix.Row(row)))
            {
                if ((x, y) != (run.Start, row))
                {
                    Append(output, ref length, (byte)'m', run.Start - x);
                    Append(output, ref length, (byte)' ', row - y);
                }

                Append(output, ref length, (byte)'h', run.Length);
                (x, y) = (run.Start + run.Length, row);
            }
        }

        var tail = "\"/></svg>"u8;
        tail.CopyTo(output[length..]);
        return length + tail.Length;
    }

    private static void Append(Span<byte> output, ref int length, byte command, int number)
    {
        output[length++] = command;
        number.TryFormat(output[length..], out var digits, default, CultureInfo.InvariantCulture);
        length += digits;
    }
}
