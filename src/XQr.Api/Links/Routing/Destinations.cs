using System.Globalization;
using XQr.Api.Primitives;
using XQr.Api.Urls;

namespace XQr.Api.Links.Routing;

/// <summary>Validates destinations.</summary>
internal static class Destinations
{
    public const int MaxLength = 2048;

    /// <summary>
    /// The maximum size of a Location header. Clients and proxies accept header lines of 8 KB, so the rest is left for the visitor's query.
    /// </summary>
    public const int MaxLocationBytes = 4096;

    /// <summary>Returns the error of a destination, as the end of a sentence that begins with its name, or null.</summary>
    public static string? Validate(HttpUrl url, PublicUrls urls)
    {
        if (url.HasUserInfo)
        {
            return "must not have a user name or password, or an @ before the host name";
        }

        if (urls.IsOwn(url) && url.Segments is [var code] && ShortCodes.IsWellFormed(code) && !ShortCodes.IsReserved(code))
        {
            return "must not be a short URL of this service: it would redirect to itself";
        }

        var bytes = url.ToAscii().Length;
        return bytes > MaxLocationBytes
            ? string.Create(
                CultureInfo.InvariantCulture, $"must have at most {MaxLocationBytes:N0} bytes once it is percent-encoded; it has {bytes:N0}")
            : null;
    }

    /// <summary>
    /// Returns the destination in the form of a Location header (RFC 9110, section 10.2.2; see <see cref="HttpUrl.ToAscii"/>). A
    /// destination that was stored under earlier rules and is invalid now is percent-encoded, so that a redirect never fails.
    /// </summary>
    public static string ToLocation(string text) =>
        HttpUrl.TryParse(text, out _)?.ToAscii() ?? PercentEncoding.Encode(text, PercentEncoding.VisibleAscii);
}
