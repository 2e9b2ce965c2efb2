using Microsoft.AspNetCore.Http;
using XQr.Api.Links;
using XQr.Api.Links.Routing;
using XQr.Api.Pipeline;
using XQr.Api.Urls;
using XQr.Dashboard.Hosting;
using XQr.Dashboard.Links;
using XQr.Dashboard.Members;
using XQr.Dashboard.Pages;

namespace XQr.Dashboard.Search;

/// <summary>The links that the search finds.</summary>
internal static class SearchPage
{
    private const int MaxLinks = 8;

    /// <summary>
    /// Returns the first links with a text as options of the search. A short URL of this service stands for its short code, and another URL
    /// is offered as the destination of a new link. A browser that opens the address gets the list of links.
    /// </summary>
    internal static async Task<IResult> FindAsync(
        HttpContext context, LinkOperations operations, LinkModelFactory models, PublicUrls urls, CancellationToken cancellationToken)
    {
        var (caller, sent) = (context.Workspace(), context.Request.Query["q"].ToString().Trim());
        var path = LinkModelFactory.ListPath(caller.WorkspaceId);
        var text = WithoutRoot(sent, models.ShortRoot);
        if (!context.Request.IsPart())
        {
            return Page.SeeOther(path + (text.Length == 0 ? QueryString.Empty : QueryString.Create("q", text)));
        }

        context.Api().Deadline?.CancelAfter(LinkEndpoints.SearchTimeout);
        var (links, total) = text.Length == 0
            ? ([], 0)
            : await operations.ListAsync(caller, new LinkFilter(Text: text), new(MaxLinks), cancellationToken);
        var isDestination = HttpUrl.TryParse(sent, out _) is { } url && Destinations.Validate(url, urls) is null;
        var model = new LinkOptionsModel(path, text, isDestination ? sent : null, [.. links.Select(models.Of)], total);
        return Page.Of<Pages.Search.LinkOptions, LinkOptionsModel>(model);
    }

    /// <summary>Returns the short code of a short URL, also without its scheme. Returns any other text as it is.</summary>
    private static string WithoutRoot(string text, string root)
    {
        var start = text.IndexOf(root, StringComparison.OrdinalIgnoreCase);
        return start >= 0 && text[..start].ToLowerInvariant() is "" or "http://" or "https://" ? text[(start + root.Length)..] : text;
    }
}
