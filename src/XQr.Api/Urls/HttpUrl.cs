using System.Globalization;
using System.Text;

namespace XQr.Api.Urls;

/// <summary>An absolute http or https URL, parsed by the WHATWG URL Standard but stored as written.</summary>
internal sealed class HttpUrl
{
    private const string Http = "http://";
    private const string Https = "https://";

    /// <summary>Invisible characters, which are copied by mistake or mislead. The joiners of scripts and emoji are allowed.</summary>
    private const string Invisible = "\u00AD\u061C\u200B\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2060\u2066\u2067\u2068\u2069\uFEFF";

    private readonly string text;
    private readonly Range hostRange;

    private HttpUrl(string text, Range hostRange, string host, int port)
    {
        (this.text, this.hostRange, Host, Port) = (text, hostRange, host, port);
    }

    /// <summary>Gets the URL as written.</summary>
    public string Text => text;

    /// <summary>Gets the host in ASCII and lower case, with brackets around an IPv6 address.</summary>
    public string Host { get; }

    /// <summary>Gets the port, which is the default one if the URL has none.</summary>
    public int Port { get; }

    public bool IsHttps => text.StartsWith(Https, StringComparison.OrdinalIgnoreCase);

    public bool HasDefaultPort => Port == (IsHttps ? 443 : 80);

    /// <summary>Gets whether the URL has a user name or password, even an empty one.</summary>
    public bool HasUserInfo => text[..hostRange.Start.Value].Contains('@', StringComparison.Ordinal);

    /// <summary>Gets the segments of the path as a server sees them: percent-decoded, without dot segments and empty ones.</summary>
    public IReadOnlyList<string> Segments
    {
        get
        {
            var path = text[text.IndexOfAny(['/', '\\', '?', '#'], hostRange.End.Value) is >= 0 and var start ? start.. : ^0..];
            var end = path.IndexOfAny(['?', '#']);
            List<string> segments = [];
            foreach (var encoded in (end < 0 ? path : path[..end]).Split(['/', '\\'], StringSplitOptions.RemoveEmptyEntries))
            {
                var segment = Uri.UnescapeDataString(encoded);
                if (segment == "..")
                {
                    segments.RemoveRange(Math.Max(segments.Count - 1, 0), Math.Min(segments.Count, 1));
                }
                else if (segment != ".")
                {
                    segments.Add(segment);
                }
            }

            return segments;
        }
    }

    /// <summary>Reads a URL.</summary>
    /// <param name="text">The URL.</param>
    /// <param name="error">The error, as the end of a sentence that begins with the field's name; null if the URL is valid.</param>
    /// <returns>The URL, or null if it is invalid.</returns>
    public static HttpUrl? TryParse(string text, out string? error)
    {
        error = ValidateCharacters(text);
        if (error is not null)
        {
            return null;
        }

        var start = text.StartsWith(Https, StringComparison.OrdinalIgnoreCase) ? Https.Length
            : text.StartsWith(Http, StringComparison.OrdinalIgnoreCase) ? Http.Length : 0;
        if (start == 0)
        {
            error = "must be an absolute URL that begins with http:// or https://";
            return null;
        }

        var end = text.IndexOfAny(['/', '\\', '?', '#'], start) is >= 0 and var found ? found : text.Length;
        start += text.AsSpan(start, end - start).LastIndexOf('@') + 1;
        var bracket = text.AsSpan(start, end - start).LastIndexOf(']');
        var colon = text.IndexOf(':', start + bracket + 1, end - start - bracket - 1);
        var hostEnd = colon < 0 ? end : colon;
        if (hostEnd == start)
        {
            error = "must have a host name after http:// or https://";
            return null;
        }

        if (HostName.ToAscii(text[start..hostEnd], out var reason) is not { } host)
        {
            error = $"must have a valid host name: {reason}";
            return null;
        }

        var digits = colon < 0 ? "" : text[(colon + 1)..end];
        var standard = text[4] == ':' ? 80 : 443;
        var port = standard;
        if (digits.Length > 0 && !(int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and <= 65535))
        {
            error = "must have a port from 1 to 65535, or none";
            return null;
        }

        return new(text, start..hostEnd, host, digits.Length > 0 ? port : standard);
    }

    /// <summary>
    /// Returns the URL in ASCII: the host as <see cref="Host"/>, other non-ASCII characters percent-encoded. ASCII characters stay as
    /// written, and so does a host that differs only in case.
    /// </summary>
    public string ToAscii()
    {
        var isSame = text[hostRange].Equals(Host, StringComparison.OrdinalIgnoreCase);
        return isSame && Ascii.IsValid(text)
            ? text
            : PercentEncoding.Encode(
                $"{text[..hostRange.Start]}{(isSame ? text[hostRange] : Host)}{text[hostRange.End..]}", PercentEncoding.VisibleAscii);
    }

    /// <summary>Returns the error of a character that a URL must not contain, or null.</summary>
    private static string? ValidateCharacters(string text)
    {
        foreach (var (index, character) in text.Index())
        {
            if (char.IsControl(character) || char.IsWhiteSpace(character))
            {
                return $"must not contain spaces or control characters: percent-encode them (U+{(int)character:X4} is at position {index + 1})";
            }

            if (Invisible.Contains(character, StringComparison.Ordinal) && !IsInHost(text, index))
            {
                return $"must not contain invisible characters: remove U+{(int)character:X4} at position {index + 1}, or percent-encode it";
            }
        }

        return null;
    }

    /// <summary>Returns whether a character is in the host name, where the standard ignores some invisible characters.</summary>
    private static bool IsInHost(string text, int index) =>
        text.IndexOf("://", StringComparison.Ordinal) is > 0 and var scheme
        && text.IndexOfAny(['/', '\\', '?', '#'], scheme + 3) is var end
        && (end < 0 || index < end);
}
