using System.Buffers;
using System.Globalization;

namespace XQr.Rendering;

/// <summary>Represents an opaque sRGB colour. It is always written as <c>#RRGGBB</c>, so it needs no escaping.</summary>
/// <param name="Red">The red channel, 0–255.</param>
/// <param name="Green">The green channel, 0–255.</param>
/// <param name="Blue">The blue channel, 0–255.</param>
public readonly record struct Rgb(byte Red, byte Green, byte Blue) : IUtf8SpanFormattable
{
    private const string Format = "X2";

    /// <summary>The allowed characters, checked first because number parsing accepts trailing NULs.</summary>
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789ABCDEFabcdef");

    /// <summary>Gets black, <c>#000000</c>.</summary>
    public static Rgb Black { get; }

    /// <summary>Gets white, <c>#FFFFFF</c>.</summary>
    public static Rgb White { get; } = new(byte.MaxValue, byte.MaxValue, byte.MaxValue);

    /// <summary>Parses <c>#RGB</c> or <c>#RRGGBB</c>, in upper or lower case and without surrounding characters.</summary>
    /// <param name="text">The text.</param>
    /// <param name="colour">The colour, or black if the text is not a colour.</param>
    /// <returns>True if the text is a colour.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out Rgb colour)
    {
        colour = default;
        if (text is not ['#', .. var digits]
            || digits.Length is not (3 or 6)
            || digits.ContainsAnyExcept(HexDigits)
            || !int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            return false;
        }

        colour = digits.Length == 6
            ? new((byte)(value >> 16), (byte)(value >> 8), (byte)value)
            : new(Doubled(value >> 8), Doubled(value >> 4), Doubled(value));
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"#{Red:X2}{Green:X2}{Blue:X2}");

    /// <inheritdoc/>
    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        bytesWritten = 7;
        if (utf8Destination.Length < bytesWritten)
        {
            bytesWritten = 0;
            return false;
        }

        utf8Destination[0] = (byte)'#';
        return Red.TryFormat(utf8Destination[1..], out _, Format, CultureInfo.InvariantCulture)
            && Green.TryFormat(utf8Destination[3..], out _, Format, CultureInfo.InvariantCulture)
            && Blue.TryFormat(utf8Destination[5..], out _, Format, CultureInfo.InvariantCulture);
    }

    /// <summary>Returns a digit twice: A of <c>#ABC</c> means AA.</summary>
    private static byte Doubled(int digit) => (byte)((digit & 0xF) * 0x11);
}
