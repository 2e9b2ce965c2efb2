using System.Text;
using System.Text.RegularExpressions;

namespace XQr.Rendering.Svg;

/// <summary>Decodes XML documents by byte order mark, UTF-16 pattern or declaration, in this order (XML 1.0, appendix F).</summary>
internal static partial class SvgEncodings
{
    /// <summary>The number of bytes to search for a declaration, which must come first in a document.</summary>
    private const int DeclarationBytes = 256;

    /// <summary>Decodes a document.</summary>
    /// <returns>The text, or null if the bytes are invalid or the encoding is unknown.</returns>
    public static string? TryDecode(ReadOnlySpan<byte> content, out string? error)
    {
        var (encoding, markLength) = content switch
        {
            [0xEF, 0xBB, 0xBF, ..] => (Strict("utf-8"), 3),
            [0xFF, 0xFE, ..] => (Strict("utf-16"), 2),
            [0xFE, 0xFF, ..] => (Strict("utf-16BE"), 2),
            [(byte)'<', 0, ..] => (Strict("utf-16"), 0),
            [0, (byte)'<', ..] => (Strict("utf-16BE"), 0),
            _ => (Declared(content), 0),
        };
        if (encoding is null)
        {
            error = "must be in UTF-8, or declare a supported encoding, such as UTF-16, ISO-8859-1 or windows-1252";
            return null;
        }

        try
        {
            error = null;
            return encoding.GetString(content[markLength..]);
        }
        catch (DecoderFallbackException)
        {
            error = $"must have only valid bytes of its encoding, {encoding.WebName}; save it as UTF-8";
            return null;
        }
    }

    private static Encoding? Declared(ReadOnlySpan<byte> content)
    {
        var head = Encoding.Latin1.GetString(content[..Math.Min(content.Length, DeclarationBytes)]);
        var name = Declaration().Match(head).Groups["name"].Value.ToLowerInvariant();
        return name switch
        {
            // A document of single bytes that declares UTF-16 was converted to UTF-8 without a change of its declaration.
            "" or "utf-8" or "utf8" or "utf-16" => Strict("utf-8"),

            // Browsers decode these as windows-1252 (Encoding Standard, 4.2).
            "iso-8859-1" or "latin1" or "us-ascii" or "ascii" => Strict("windows-1252"),
            _ when Known().IsMatch(name) => Strict(name),
            _ => null,
        };
    }

    private static Encoding? Strict(string name) =>
        CodePagesEncodingProvider.Instance.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
            ?? name switch
            {
                "utf-8" => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true),
                "utf-16" => new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true),
                "utf-16BE" => new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true),
                _ => null,
            };

    [GeneratedRegex("""^\s*<\?xml\s[^>]{0,200}?\sencoding\s*=\s*["'](?<name>[A-Za-z0-9._-]{1,40})["']""", RegexOptions.ExplicitCapture)]
    private static partial Regex Declaration();

    [GeneratedRegex(
        "^(iso-8859-[0-9]{1,2}|windows-[0-9]{3,4}|koi8-[ru]|macintosh|shift_jis|euc-(jp|kr)|gb2312|gbk|gb18030|big5)$",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Known();
}
