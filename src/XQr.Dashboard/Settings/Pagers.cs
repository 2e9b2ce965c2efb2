using System.Globalization;
using Microsoft.AspNetCore.Http;
using XQr.Dashboard.Pages.Parts;

namespace XQr.Dashboard.Settings;

/// <summary>Creates the links to the other parts of a list.</summary>
internal static class Pagers
{
    /// <summary>Returns the links; null if the page shows the whole list.</summary>
    /// <param name="path">The path of the list.</param>
    /// <param name="page">The part of the list.</param>
    /// <param name="filter">The filter of the list.</param>
    public static PagerModel? Of(string path, Api.Storage.Page page, QueryString filter = default) => page.Offset == 0 && page.Total <= page.Limit
        ? null
        : new(
            Values.Format(FrameTexts.PagerSummary, Math.Min(page.Offset + 1, page.Total), Math.Min(page.Offset + page.Limit, page.Total), page.Total),
            page.Offset == 0 ? null : UrlOf(path, filter, page, Math.Max(0, page.Offset - page.Limit)),
            page.Offset + page.Limit >= page.Total ? null : UrlOf(path, filter, page, page.Offset + page.Limit));

    private static string UrlOf(string path, QueryString filter, Api.Storage.Page page, int offset) => path + filter
        .Add("limit", page.Limit.ToString(CultureInfo.InvariantCulture))
        .Add("offset", offset.ToString(CultureInfo.InvariantCulture));
}
