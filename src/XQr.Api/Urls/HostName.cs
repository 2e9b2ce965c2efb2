using System.Buffers;
using System.Net;
using System.Text;

namespace XQr.Api.Urls;

/// <summary>
/// Parses the hosts of URLs to ASCII by the WHATWG URL Standard, as browsers do. Two rules are stricter: a label has 1 to 63 characters and
/// a name at most 253, as DNS requires, and labels have only letters, digits, hyphens and underscores.
/// </summary>
internal static class HostName
{
    public const int MaxLength = 253;
    public const int MaxLabelLength = 63;
    public const string TooLong = "it is longer than 253 characters";
    public const string LabelTooLong = "a part between two dots is longer than 63 characters (in ASCII, where other characters take several)";

    private const string Localhost = "localhost";

    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_.");

    /// <summary>Returns the host in ASCII, in lower case; an IPv6 address in brackets.</summary>
    /// <param name="host">The host in a URL.</param>
    /// <param name="error">The error, to follow a colon; null if the name is valid.</param>
    /// <returns>The host, or null if it is invalid.</returns>
    public static string? ToAscii(string host, out string? error)
    {
        if (host.StartsWith('['))
        {
            var address = host.EndsWith(']') ? IpLiteral.TryReadV6(host.AsSpan(1..^1)) : null;
            error = address is not null ? null
                : host.Contains('%', StringComparison.Ordinal) ? "an IPv6 address in a URL has no zone identifier"
                : "the IPv6 address in brackets is not valid";
            return address is null ? null : $"[{address}]";
        }

        error = null;
        var name = host.Contains('%', StringComparison.Ordinal) ? PercentDecode(host) : host;
        var ascii = NeedsIdna(name) ? Idna.ToAscii(name, out error) : name.ToLowerInvariant();
        error ??= Validate(ascii!);
        return error is not null ? null : IpLiteral.EndsInNumber(ascii!) ? ReadV4(ascii!, out error) : ascii;
    }

    /// <summary>
    /// Returns a form that is equal for hosts that lead to the same place: without the final dot, IPv4 wherever it is one, and
    /// <c>localhost</c> for all addresses of the machine itself.
    /// </summary>
    /// <param name="ascii">A host in ASCII.</param>
    public static string Canonical(string ascii)
    {
        var host = ascii.TrimEnd('.');
        if (host == Localhost || host.EndsWith(".localhost", StringComparison.Ordinal))
        {
            return Localhost;
        }

        if (!IPAddress.TryParse(host, out var address))
        {
            return host;
        }

        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return IPAddress.IsLoopback(address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any) ? Localhost : address.ToString();
    }

    private static string? ReadV4(string host, out string? error)
    {
        var address = IpLiteral.TryReadV4(host);
        error = address is null ? "it ends in a number, but is not an IPv4 address" : null;
        return address;
    }

    /// <summary>Returns the error of a host in ASCII, or null.</summary>
    private static string? Validate(string ascii)
    {
        if (ascii.Length == 0)
        {
            return "it is empty";
        }

        if (ascii.AsSpan().IndexOfAnyExcept(Allowed) is >= 0 and var at)
        {
            return $"the character {(ascii[at] is > ' ' and < '\x7F' ? ascii[at].ToString() : $"U+{(int)ascii[at]:X4}")} is not allowed in it";
        }

        var name = ascii.EndsWith('.') ? ascii.AsSpan(..^1) : ascii;
        foreach (var label in name.Split('.'))
        {
            if (name[label].Length is 0 or > MaxLabelLength)
            {
                return name[label].Length == 0 ? "it has nothing before or between two dots" : LabelTooLong;
            }
        }

        return name.Length > MaxLength ? TooLong : null;
    }

    private static bool NeedsIdna(string name) => !Ascii.IsValid(name) || name.Contains("xn--", StringComparison.OrdinalIgnoreCase);

    /// <summary>Percent-decodes to UTF-8. Invalid bytes become U+FFFD, which no host has.</summary>
    private static string PercentDecode(string host)
    {
        var bytes = Encoding.UTF8.GetBytes(host);
        var length = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            var isEncoded = bytes[i] == '%' && i + 2 < bytes.Length
                && char.IsAsciiHexDigit((char)bytes[i + 1]) && char.IsAsciiHexDigit((char)bytes[i + 2]);
            bytes[length++] = isEncoded ? Convert.FromHexString([(char)bytes[i + 1], (char)bytes[i + 2]])[0] : bytes[i];
            i += isEncoded ? 2 : 0;
        }

        return Encoding.UTF8.GetString(bytes, 0, length);
    }
}
