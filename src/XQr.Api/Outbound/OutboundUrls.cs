namespace XQr.Api.Outbound;

/// <summary>The URLs that the service calls for its users.</summary>
internal static class OutboundUrls
{
    public const int MaxLength = 2048;

    /// <summary>What such a URL must be, to complete a sentence that begins with its name.</summary>
    public const string Rule = "must be an https URL of at most 2,048 characters, without user name or password, on port 443";

    /// <summary>Reads a URL; null where it isn't what <see cref="Rule"/> says. One port is enough for what the public serves, and no way to try out others.</summary>
    public static Uri? TryParse(string text) =>
        text.Length <= MaxLength && Uri.TryCreate(text, UriKind.Absolute, out var url) && IsAllowed(url) ? url : null;

    public static bool IsAllowed(Uri url) =>
        url is { IsAbsoluteUri: true, IsDefaultPort: true, UserInfo.Length: 0, IdnHost.Length: > 0 } && url.Scheme == Uri.UriSchemeHttps;
}
