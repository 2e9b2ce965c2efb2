using XQr.Api.Urls;

namespace XQr.Api.Outbound;

/// <summary>Validates URLs that the service requests for users.</summary>
internal static class OutboundUrls
{
    public const int MaxLength = 2048;

    /// <summary>The rule for these URLs, as the end of a sentence that begins with the field's name.</summary>
    public const string Rule = "must be an https URL of at most 2,048 characters, without user name or password, on port 443";

    /// <summary>Reads a URL. Only one port is allowed, so that callers cannot scan ports.</summary>
    /// <param name="text">The URL.</param>
    /// <param name="error">The error, as the end of a sentence that begins with the field's name; null if the URL is valid.</param>
    /// <returns>The URL in ASCII, or null if it breaks <see cref="Rule"/>.</returns>
    public static Uri? TryParse(string text, out string? error)
    {
        error = Rule;
        if (text.Length > MaxLength || !text.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        if (HttpUrl.TryParse(text, out var urlError) is not { } url)
        {
            error = urlError;
            return null;
        }

        if (url.HasUserInfo || url.Port != 443 || !Uri.TryCreate(url.ToAscii(), UriKind.Absolute, out var uri))
        {
            return null;
        }

        error = null;
        return uri;
    }
}
