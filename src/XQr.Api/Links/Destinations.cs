namespace XQr.Api.Links;

/// <summary>The rules of destinations.</summary>
internal static class Destinations
{
    public const int MaxLength = 2048;

    /// <summary>What is wrong with a destination, or null.</summary>
    public static string? Fault(string url, PublicUrls urls)
    {
        if (url.Length > MaxLength)
        {
            return $"must have at most {MaxLength} characters";
        }

        if (url.Any(character => char.IsControl(character) || char.IsWhiteSpace(character))
            || !Uri.TryCreate(url, UriKind.Absolute, out var uri)
            || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps)
            || uri.Host.Length == 0)
        {
            return "must be an absolute http or https URL without spaces";
        }

        if (uri.UserInfo.Length > 0)
        {
            return "must not hold a user name or password";
        }

        return urls.IsOwn(uri) && ShortCodes.IsWellFormed(uri.AbsolutePath[1..]) && !ShortCodes.IsReserved(uri.AbsolutePath[1..])
            ? "must not be a short URL of this service: it would lead in a circle"
            : null;
    }

    /// <summary>
    /// The destination as a Location header can carry it (RFC 9110, section 10.2.2): in ASCII, host names in Punycode, the rest
    /// percent-encoded. A destination that is ASCII already stays as it was written.
    /// </summary>
    public static string ToLocation(string url)
    {
        if (System.Text.Ascii.IsValid(url))
        {
            return url;
        }

        var uri = new Uri(url);
        return new UriBuilder(uri) { Host = uri.IdnHost }.Uri.GetComponents(UriComponents.AbsoluteUri, UriFormat.UriEscaped);
    }
}
