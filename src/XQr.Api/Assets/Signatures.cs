using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace XQr.Api.Assets;

/// <summary>Recognises content formats by their first bytes.</summary>
internal static class Signatures
{
    private static readonly string[] AvifBrands = ["avif", "avis"];
    private static readonly string[] Mp4Brands = ["isom", "iso2", "iso3", "iso4", "iso5", "iso6", "mp41", "mp42", "avc1", "dash", "M4V ", "MSNV"];

    private static readonly SearchValues<char> NameEnds = SearchValues.Create(" \t\r\n/>");

    /// <summary>Returns whether the bytes begin with the signature of PNG (RFC 2083, section 3.1).</summary>
    public static bool IsPng(ReadOnlySpan<byte> bytes) => bytes.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);

    /// <summary>Returns whether the bytes begin with the start marker of JPEG and the first byte of the next marker.</summary>
    public static bool IsJpeg(ReadOnlySpan<byte> bytes) => bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]);

    /// <summary>Returns whether the bytes begin with the signature of GIF.</summary>
    public static bool IsGif(ReadOnlySpan<byte> bytes) => bytes.StartsWith("GIF87a"u8) || bytes.StartsWith("GIF89a"u8);

    /// <summary>Returns whether the bytes begin with the header of WebP (RFC 9649, section 2.4).</summary>
    public static bool IsWebP(ReadOnlySpan<byte> bytes) => bytes.StartsWith("RIFF"u8) && From(bytes, 8).StartsWith("WEBPVP8"u8);

    /// <summary>Returns whether the bytes begin with the header of PDF.</summary>
    public static bool IsPdf(ReadOnlySpan<byte> bytes) => bytes.StartsWith("%PDF-"u8);

    /// <summary>Returns whether the file has a brand of AVIF.</summary>
    public static bool IsAvif(ReadOnlySpan<byte> bytes) => HasBrand(bytes, AvifBrands);

    /// <summary>Returns whether the file has a brand of MP4, and none of AVIF.</summary>
    public static bool IsMp4(ReadOnlySpan<byte> bytes) => HasBrand(bytes, Mp4Brands) && !IsAvif(bytes);

    /// <summary>Returns whether the bytes begin with an EBML header (RFC 8794) of the document type WebM.</summary>
    public static bool IsWebM(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3]) && bytes[..Math.Min(bytes.Length, 64)].IndexOf("webm"u8) > 0;

    /// <summary>
    /// Returns whether the bytes begin with an ID3v2 tag, or with a frame of layer III that has a defined version, bit rate and sampling rate
    /// (ISO/IEC 11172-3, 2.4.1.3).
    /// </summary>
    public static bool IsMp3(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith("ID3"u8)
        || (bytes.Length >= 4 && bytes[0] == 0xFF && (bytes[1] & 0xE6) == 0xE2 && (bytes[1] & 0x18) != 0x08
            && bytes[2] >> 4 is > 0 and < 15 && (bytes[2] & 0x0C) != 0x0C);

    /// <summary>
    /// Returns whether the bytes have no binary data bytes of the MIME Sniffing Standard (section 3), or begin with a byte order mark of UTF-16.
    /// </summary>
    public static bool IsText(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) || !HasBinary(bytes);

    /// <summary>Returns whether the first element of an XML document is <c>svg</c>.</summary>
    public static bool IsSvg(ReadOnlySpan<byte> bytes)
    {
        var text = Decode(bytes).AsSpan();
        while ((text = text.TrimStart(" \t\r\n\uFEFF")).StartsWith("<") && SkipProlog(ref text))
        {
        }

        if (!text.StartsWith("<"))
        {
            return false;
        }

        var end = text.IndexOfAny(NameEnds);
        var name = end < 0 ? [] : text[1..end];
        return name[(name.IndexOf(':') + 1)..].SequenceEqual("svg");
    }

    /// <summary>
    /// Skips a declaration, an instruction, a comment or a document type. Returns false if none comes next or it has no end.
    /// </summary>
    private static bool SkipProlog(ref ReadOnlySpan<char> text)
    {
        var end = text.StartsWith("<?") ? text.IndexOf("?>") + 1
            : text.StartsWith("<!--") ? text.IndexOf("-->") + 2
            : text.StartsWith("<!DOCTYPE svg") && text.IndexOfAny('[', '>') is > 0 and { } at ? (text[at] == '>' ? at : EndOfSubset(text))
            : 0;
        text = text[(end > 2 ? end + 1 : 0)..];
        return end > 2;
    }

    private static int EndOfSubset(ReadOnlySpan<char> text)
    {
        var bracket = text.IndexOf(']');
        return bracket < 0 || text[bracket..].IndexOf('>') is not (> 0 and { } end) ? 0 : bracket + end;
    }

    private static string Decode(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || bytes.StartsWith("<\0"u8) ? Encoding.Unicode.GetString(bytes)
        : bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) || bytes.StartsWith("\0<"u8) ? Encoding.BigEndianUnicode.GetString(bytes)
        : Encoding.UTF8.GetString(bytes);

    private static bool HasBinary(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            if (value is <= 0x08 or 0x0B or (>= 0x0E and <= 0x1A) or (>= 0x1C and <= 0x1F))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Returns whether the file starts with a file type box (ISO/IEC 14496-12, 4.3) of one of these brands.</summary>
    private static bool HasBrand(ReadOnlySpan<byte> bytes, string[] brands)
    {
        if (!From(bytes, 4).StartsWith("ftyp"u8))
        {
            return false;
        }

        var length = (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(bytes), (uint)bytes.Length);
        for (var at = 8; at + 4 <= length; at += 4)
        {
            // A version follows the major brand, before the compatible brands.
            if (at != 12 && brands.Contains(Encoding.ASCII.GetString(bytes.Slice(at, 4))))
            {
                return true;
            }
        }

        return false;
    }

    private static ReadOnlySpan<byte> From(ReadOnlySpan<byte> bytes, int start) => bytes[Math.Min(start, bytes.Length)..];
}
