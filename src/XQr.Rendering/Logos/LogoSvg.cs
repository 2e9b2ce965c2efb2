using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.IO.Hashing;
using System.Text;
using XQr.Rendering.Logos.Vector;

namespace XQr.Rendering.Logos;

/// <summary>Embeds a logo in the SVG image of a code, because an image must not load external resources.</summary>
internal static class LogoSvg
{
    public static void Write(IBufferWriter<byte> output, QrLogo logo, int size, double logoSize)
    {
        var side = LogoArea.WidthOf(size, logoSize) / 100m;
        var start = (size - side) / 2;
        var place = string.Create(CultureInfo.InvariantCulture, $"x=\"{start}\" y=\"{start}\" width=\"{side}\" height=\"{side}\"");
        if (logo.Kind == QrLogoKind.Svg)
        {
            var prefix = $"l{Crc32.HashToUInt32(logo.Bytes.Span):x8}";
            Encoding.UTF8.GetBytes(VectorWriter.Write(logo.ReadVector(), prefix, place), output);
            return;
        }

        Encoding.UTF8.GetBytes($"<image {place} xlink:href=\"data:image/{(logo.Kind == QrLogoKind.Png ? "png" : "jpeg")};base64,", output);
        Base64.EncodeToUtf8(logo.Bytes.Span, output.GetSpan(Base64.GetMaxEncodedToUtf8Length(logo.Bytes.Length)), out _, out var length);
        output.Advance(length);
        output.Write("\"/>"u8);
    }
}
