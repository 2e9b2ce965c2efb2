using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace XQr.Api.Urls;

/// <summary>Parses IP addresses as hosts, in all forms of the WHATWG URL Standard.</summary>
internal static class IpLiteral
{
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");
    private static readonly SearchValues<char> V6Characters = SearchValues.Create("0123456789abcdefABCDEF:.");

    /// <summary>Returns whether the last label is a number: such a host is an IPv4 address or nothing.</summary>
    public static bool EndsInNumber(ReadOnlySpan<char> host)
    {
        var name = host.TrimEnd('.');
        var last = name[(name.LastIndexOf('.') + 1)..];
        return last.Length > 0 && (!last.ContainsAnyExceptInRange('0', '9') || (last.StartsWith("0x") && !last[2..].ContainsAnyExcept(HexDigits)));
    }

    /// <summary>
    /// Reads an IPv4 address of one to four decimal, octal or hexadecimal numbers, the last of which fills the remaining bytes.
    /// </summary>
    /// <param name="host">The host in ASCII, in lower case.</param>
    /// <returns>The address in its usual form, or null.</returns>
    public static string? TryReadV4(string host)
    {
        var parts = (host.EndsWith('.') ? host[..^1] : host).Split('.');
        if (parts.Length > 4)
        {
            return null;
        }

        var address = 0UL;
        foreach (var (index, part) in parts.Index())
        {
            var limit = index == parts.Length - 1 ? 1UL << (8 * (5 - parts.Length)) : 256;
            if (Number(part) is not { } number || number >= limit)
            {
                return null;
            }

            address += index == parts.Length - 1 ? number : number << (8 * (3 - index));
        }

        return string.Create(CultureInfo.InvariantCulture, $"{address >> 24}.{(address >> 16) & 255}.{(address >> 8) & 255}.{address & 255}");
    }

    /// <summary>Reads an IPv6 address, without its brackets.</summary>
    /// <returns>The address in its usual form (RFC 5952, with no part in decimal digits), or null.</returns>
    public static string? TryReadV6(ReadOnlySpan<char> text)
    {
        // .NET accepts more than the standard: zones, prefixes, and leading zeros in an IPv4 address.
        if (text.ContainsAnyExcept(V6Characters) || HasLeadingZero(text)
            || !IPAddress.TryParse(text, out var address) || address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return null;
        }

        var bytes = address.GetAddressBytes();
        string[] pieces = [.. bytes.Chunk(2).Select(pair => ((pair[0] << 8) | pair[1]).ToString("x", CultureInfo.InvariantCulture))];
        var (start, length) = FindLongestZeroRun(pieces);
        return length < 2 ? string.Join(':', pieces) : $"{string.Join(':', pieces[..start])}::{string.Join(':', pieces[(start + length)..])}";
    }

    private static ulong? Number(string digits)
    {
        var (radix, start) = digits switch
        {
            "" => (0, 0),
            ['0', 'x', ..] => (16, 2),
            ['0', _, ..] => (8, 1),
            _ => (10, 0),
        };
        var number = 0UL;
        foreach (var digit in digits.AsSpan(start))
        {
            if (!char.IsAsciiHexDigit(digit) || Convert.ToInt32(digit.ToString(), 16) is var value && value >= radix)
            {
                return null;
            }

            number = Math.Min((number * (uint)radix) + (uint)value, uint.MaxValue + 1UL);
        }

        return radix == 0 ? null : number;
    }

    private static bool HasLeadingZero(ReadOnlySpan<char> text)
    {
        var dot = text.IndexOf('.');
        return dot >= 0 && text[(text[..dot].LastIndexOf(':') + 1)..].ToString().Split('.').Any(part => part is ['0', _, ..]);
    }

    private static (int Start, int Length) FindLongestZeroRun(string[] pieces)
    {
        var (start, length) = (0, 0);
        for (var i = 0; i < pieces.Length; i++)
        {
            var zeros = pieces.Skip(i).TakeWhile(piece => piece == "0").Count();
            (start, length) = zeros > length ? (i, zeros) : (start, length);
        }

        return (start, length);
    }
}
