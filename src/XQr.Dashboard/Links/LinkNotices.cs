using System.Globalization;
using Microsoft.AspNetCore.Http;
using XQr.Dashboard.Hosting;

namespace XQr.Dashboard.Links;

/// <summary>Redirects after a change, and tells its result on the next page.</summary>
internal static class LinkNotices
{
    private const string Done = "done";

    /// <summary>Returns the redirect to a page that shows the result of a change. The query of the request goes on to the page.</summary>
    /// <param name="context">The request.</param>
    /// <param name="path">The path of the page.</param>
    /// <param name="done">The change.</param>
    /// <param name="count">The number of changed links, if there may be many.</param>
    public static IResult SeeOther(HttpContext context, string path, string done, int? count = null)
    {
        var query = QueryString.Create(context.Request.Query.Where(field => field.Key != Done));
        var result = count is { } number ? string.Create(CultureInfo.InvariantCulture, $"{done}-{number}") : done;
        return Page.SeeOther(path + query.Add(Done, result));
    }

    /// <summary>Returns the text of the last change; null if there is none.</summary>
    public static string? Of(HttpRequest request) => request.Query[Done].ToString().Split('-') switch
    {
        ["created"] => LinkTexts.Created,
        ["saved"] => LinkTexts.Saved,
        ["deleted"] => LinkTexts.Deleted,
        ["enabled"] => LinkTexts.Enabled,
        ["enabled", var count] => WithCount(LinkTexts.ManyEnabled, count),
        ["disabled"] => LinkTexts.Disabled,
        ["disabled", var count] => WithCount(LinkTexts.ManyDisabled, count),
        _ => null,
    };

    private static string? WithCount(string text, string count) =>
        int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? LinkValues.Format(text, number) : null;
}
