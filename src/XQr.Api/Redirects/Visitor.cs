using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Http;
using XQr.Api.Analytics.Scans;
using XQr.Api.Redirects.UserAgents;
using XQr.Api.Urls;

namespace XQr.Api.Redirects;

/// <summary>A visitor of a link.</summary>
/// <param name="Agent">The visitor's user agent.</param>
/// <param name="Referrer">The host that the visitor came from.</param>
/// <param name="IsPrivate">
/// True if the visitor asks not to be distinguished from others: <c>DNT: 1</c> (Tracking Preference Expression) or <c>Sec-GPC: 1</c> (Global
/// Privacy Control).
/// </param>
internal sealed record Visitor(UserAgent Agent, string Referrer, bool IsPrivate)
{
    private static readonly SearchValues<char> SchemeCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-.");

    /// <summary>Returns the visitor, or null for visits that are not recorded: prefetches and HEAD requests.</summary>
    public static Visitor? Read(HttpRequest request, UserAgentReader agents)
    {
        if (!HttpMethods.IsGet(request.Method) || IsPrefetch(request.Headers))
        {
            return null;
        }

        var headers = request.Headers;
        return new(agents.Read(headers.UserAgent), HostOf(headers.Referer), headers["DNT"] == "1" || headers["Sec-GPC"] == "1");
    }

    /// <summary>
    /// Returns whether <c>Sec-Purpose</c>, a list of items with parameters, contains prefetch (Fetch standard, section 2.2.6).
    /// </summary>
    private static bool IsPrefetch(IHeaderDictionary headers) =>
        Says(headers["Sec-Purpose"]) || Says(headers["Purpose"]) || Says(headers["X-Purpose"]) || Says(headers["X-Moz"]);

    private static bool Says(string? purpose) =>
        purpose is not null
        && (purpose.Contains("prefetch", StringComparison.OrdinalIgnoreCase) || purpose.Equals("preview", StringComparison.OrdinalIgnoreCase));

    /// <summary>Returns the host in ASCII, or <c>direct</c> if there is none or it is invalid.</summary>
    private static string HostOf(string? referrer)
    {
        if (referrer?.IndexOf("://", StringComparison.Ordinal) is not (> 0 and var scheme) || !IsScheme(referrer.AsSpan(0, scheme)))
        {
            return Scan.Direct;
        }

        var rest = referrer.AsSpan(scheme + 3);
        rest = rest.IndexOfAny(@"/\?#") is >= 0 and var end ? rest[..end] : rest;
        rest = rest[(rest.LastIndexOf('@') + 1)..];
        var bracket = rest.LastIndexOf(']');
        rest = rest[(bracket + 1)..].IndexOf(':') is >= 0 and var colon ? rest[..(bracket + 1 + colon)] : rest;
        return HostName.ToAscii(Utf8(rest), out _)?.Trim('[', ']').TrimEnd('.') ?? Scan.Direct;
    }

    private static bool IsScheme(ReadOnlySpan<char> text) =>
        char.IsAsciiLetter(text[0]) && !text.ContainsAnyExcept(SchemeCharacters) && !text.Equals("file", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Decodes a host as UTF-8. Headers are read as Latin-1, one character for each byte, but hosts outside ASCII are usually sent in
    /// UTF-8.
    /// </summary>
    private static string Utf8(ReadOnlySpan<char> text)
    {
        if (Ascii.IsValid(text) || text.ContainsAnyExceptInRange('\0', '\u00FF'))
        {
            return text.ToString();
        }

        var bytes = new byte[text.Length];
        Encoding.Latin1.GetBytes(text, bytes);
        return System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : text.ToString();
    }
}
