using System.Buffers;
using System.Globalization;
using System.Text.Unicode;
using XQr.Rendering.Logos;
using XQr.Rendering.Shapes;

namespace XQr.Rendering.Styled;

/// <summary>Draws any design as SVG: a path for the finders, a path for all other modules, and the logo. The unit is a module.</summary>
internal static class StyledSvgRenderer
{
    /// <summary>An upper bound of the length of the head.</summary>
    private const int HeadBytes = 512;

    /// <summary>An upper bound of the average length per module.</summary>
    private const int BytesPerModule = 16;

    public static byte[] Render(QrMatrix matrix, QrDesign design, LogoArea? area, int moduleSize)
    {
        var output = new ArrayBufferWriter<byte>(
            HeadBytes + (matrix.Size * matrix.Size * BytesPerModule) + (2 * (design.Logo?.Bytes.Length ?? 0)));
        var (start, width) = (-design.QuietZone, matrix.Size + (2 * design.QuietZone));
        Utf8.TryWrite(
            output.GetSpan(HeadBytes),
            CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
            + $"width=\"{width * moduleSize}\" height=\"{width * moduleSize}\" viewBox=\"{start} {start} {width} {width}\">"
            + $"<rect x=\"{start}\" y=\"{start}\" width=\"{width}\" height=\"{width}\" fill=\"{design.Background}\"/>"
            + $"<g fill=\"{design.Foreground}\" fill-rule=\"evenodd\">",
            out var length);
        output.Advance(length);
        var shapes = new CodeShapes(matrix, design, area);
        output.Write("<path d=\""u8);
        shapes.DrawFinders(new SvgPen(output));
        output.Write("\"/><path d=\""u8);
        shapes.DrawDots(new SvgPen(output));
        output.Write("\"/></g>"u8);
        if (design.Logo is { } logo)
        {
            LogoSvg.Write(output, logo, matrix.Size, design.LogoSize);
        }

        output.Write("</svg>"u8);
        return output.WrittenSpan.ToArray();
    }
}
