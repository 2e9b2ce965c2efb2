using Microsoft.AspNetCore.Html;
using XQr.Api.Links;
using XQr.Api.Qr;
using XQr.Api.Urls;
using XQr.Dashboard.Pages;

namespace XQr.Dashboard.Links;

/// <summary>Creates the models of links.</summary>
internal sealed class LinkModelFactory(PublicUrls urls, QrOperations codes, TimeProvider time)
{
    /// <summary>Gets the address of short links with a slash at its end, without its scheme.</summary>
    public string ShortRoot => WithoutScheme(urls.ShortUrl(""));

    /// <summary>Returns the path of the list of links.</summary>
    public static string ListPath(string workspaceId) => Paths.Of(workspaceId, "links");

    /// <summary>Returns the path of a link's page.</summary>
    public static string PagePath(Link link) => $"{ListPath(link.WorkspaceId)}/{link.Id}";

    /// <summary>Returns the model of the QR code of a short code.</summary>
    /// <param name="shortCode">The short code; null if it is not known yet.</param>
    public PreviewModel PreviewOf(string? shortCode) =>
        new(ShortRoot, shortCode, shortCode is { Length: > 0 } && codes.RenderPreview(shortCode) is { } svg ? new HtmlString(svg) : null);

    /// <summary>Returns the model of a link.</summary>
    public LinkModel Of(Link link)
    {
        var (shortUrl, now) = (urls.ShortUrl(link.ShortCode), time.GetUtcNow());
        return new(
            link.Id.ToString(),
            PagePath(link),
            shortUrl,
            WithoutScheme(shortUrl),
            link.ShortCode,
            link.Destination,
            link.Labels,
            link.Enabled,
            link.RoutingRules.All.Count,
            link.ExpiresAt,
            link.ExpiresAt <= now,
            link.ScanCount,
            link.RecentScans.Until(DateOnly.FromDateTime(now.UtcDateTime)),
            link.LastScanAt,
            LinkVersion.TagOf(link).ToString());
    }

    private static string WithoutScheme(string url) => url[(url.IndexOf("://", StringComparison.Ordinal) + 3)..];
}
