using Microsoft.AspNetCore.Http;
using XQr.Api.Analytics;
using XQr.Api.Redirects.UserAgents;

namespace XQr.Api.Redirects;

/// <summary>Who follows a link.</summary>
/// <param name="Agent">The visitor's program.</param>
/// <param name="Referrer">The host that the visitor came from.</param>
/// <param name="IsPrivate">Whether the visitor asks not to be told apart from others: <c>DNT: 1</c> (Tracking Preference Expression) or
/// <c>Sec-GPC: 1</c> (Global Privacy Control).</param>
internal sealed record Visitor(UserAgent Agent, string Referrer, bool IsPrivate)
{
    /// <summary>Host names have at most 253 characters (RFC 1035, section 2.3.4, less the length bytes).</summary>
    private const int MaxHostLength = 253;

    /// <summary>Null for what is not recorded: prefetches and HEAD.</summary>
    public static Visitor? Read(HttpRequest request, UserAgentReader agents)
    {
        if (!HttpMethods.IsGet(request.Method) || IsPrefetch(request.Headers))
        {
            return null;
        }

        var headers = request.Headers;
        return new(agents.Read(headers.UserAgent), HostOf(headers.Referer), headers["DNT"] == "1" || headers["Sec-GPC"] == "1");
    }

    /// <summary><c>Sec-Purpose</c> is a list of which prefetch may be one item, with parameters (Fetch standard, section 2.2.6).</summary>
    private static bool IsPrefetch(IHeaderDictionary headers) =>
        Says(headers["Sec-Purpose"]) || Says(headers["Purpose"]) || Says(headers["X-Purpose"]) || Says(headers["X-Moz"]);

    private static bool Says(string? purpose) =>
        purpose is not null
        && (purpose.Contains("prefetch", StringComparison.OrdinalIgnoreCase) || purpose.Equals("preview", StringComparison.OrdinalIgnoreCase));

    private static string HostOf(string? referrer)
    {
        // On Unix a path, and what begins with two slashes, is a file's absolute address.
        if (string.IsNullOrEmpty(referrer) || !Uri.TryCreate(referrer, UriKind.Absolute, out var uri) || uri.IsFile)
        {
            return Scan.Direct;
        }

        var host = uri.IdnHost;
        return host.Length is 0 or > MaxHostLength ? Scan.Direct : host.ToLowerInvariant();
    }
}
