using System.Buffers;
using System.Globalization;
using System.Text.Unicode;

namespace XQr.Rendering;

/// <summary>Draws plain QR codes as SVG.</summary>
/// <remarks>
/// The unit is a module, so the image scales to any size. All dark modules are one path: each run in a row is a line with the width of a
/// module, which takes half the bytes of filled rectangles. The view starts half a module above 0, so the lines have whole coordinates.
/// </remarks>
public static class SvgRenderer
{
    /// <summary>An upper bound of the head, which takes at most 216 bytes, and the tail.</summary>
    private const int HeadBytes = 256;

    /// <summary>The maximum length of a run in bytes: <c>M16 192h177</c>.</summary>
    private const int RunBytes = 11;

    /// <summary>Renders a matrix as SVG.</summary>
    /// <param name="matrix">The modules.</param>
    /// <param name="design">The colours and the quiet zone.</param>
    /// <param name="moduleSize">The width of a module in CSS pixels, 1 to 50, which determines the width and height of the image.</param>
    /// <returns>An SVG document.</returns>
    public static byte[] Render(QrMatrix matrix, QrDesign design, int moduleSize)
    {
        var width = matrix.Size + (2 * design.QuietZone);
        var runs = matrix.Size * ((matrix.Size + 1) / 2);
        var buffer = ArrayPool<byte>.Shared.Rent(HeadBytes + (runs * RunBytes));
        var length = WriteHead(buffer, width, width * moduleSize, design);
        length += WritePath(buffer.AsSpan(length), matrix, design.QuietZone);
        var svg = buffer[..length];
        ArrayPool<byte>.Shared.Return(buffer);
        return svg;
    }

    private static int WriteHead(Span<byte> output, int width, int pixels, QrDesign design)
    {
        Utf8.TryWrite(
            output,
            CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{pixels}\" height=\"{pixels}\" "
            + $"viewBox=\"0 -.5 {width} {width}\" shape-rendering=\"crispEdges\">"
            + $"<rect y=\"-.5\" width=\"{width}\" height=\"{width}\" fill=\"{design.Background}\"/><path stroke=\"{design.Foreground}\" d=\"",
            out var length);
        return length;
    }

    private static int WritePath(Span<byte> output, QrMatrix matrix, int quietZone)
    {
        var length = 0;
        for (var row = 0; row < matrix.Size; row++)
        {
            var end = -1;
            foreach (var run in new ModuleRuns(matrix.Row(row)))
            {
                Append(output, ref length, (byte)(end < 0 ? 'M' : 'm'), end < 0 ? quietZone + run.Start : run.Start - end);
                Append(output, ref length, (byte)' ', end < 0 ? quietZone + row : 0);
                Append(output, ref length, (byte)'h', run.Length);
                end = run.Start + run.Length;
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
