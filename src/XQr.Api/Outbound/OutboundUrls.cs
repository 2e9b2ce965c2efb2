using XQr.Api.Urls;

namespace XQr.Api.Outbound;

/// <summary>The URLs that the service calls for its users.</summary>
internal static class OutboundUrls
{
    public const int MaxLength = 2048;

    /// <summary>What such a URL must be, to complete a sentence that begins with its name.</summary>
    public const string Rule = "must be an https URL of at most 2,048 characters, without user name or password, on port 443";

    /// <summary>Reads a URL. One port is enough for what the public serves, and no way to try out others.</summary>
    /// <param name="text">The URL.</param>
    /// <param name="fault">What is wrong with it, as the end of a sentence that begins with its name; null otherwise.</param>
    /// <returns>The URL in ASCII; null where it isn't what <see cref="Rule"/> says.</returns>
    public static Uri? TryParse(string text, out string? fault)
    {
        fault = Rule;
        if (text.Length > MaxLength || !text.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        if (HttpUrl.TryParse(text, out var reason) is not { } url)
        {
            fault = reason;
            return null;
        }

        if (url.HasUserInfo || url.Port != 443 || !Uri.TryCreate(url.ToAscii(), UriKind.Absolute, out var uri))
        {
            return null;
        }

        fault = null;
        return uri;
    }
}
