using System.Globalization;
using Microsoft.AspNetCore.Http;
using XQr.Dashboard.Hosting;
using XQr.Dashboard.Members;

namespace XQr.Dashboard.Links;

/// <summary>Redirects after a change, and tells its result on the next page.</summary>
internal static class LinkNotices
{
    private const string Done = "done";

    /// <summary>Returns the redirect to a page that shows the result of a change. The query of the request goes on to the page.</summary>
    /// <param name="context">The request.</param>
    /// <param name="path">The path of the page.</param>
    /// <param name="done">The change.</param>
    public static IResult SeeOther(HttpContext context, string path, string done)
    {
        var query = QueryString.Create(context.Request.Query.Where(field => field.Key != Done));
        return Page.SeeOther(path + query.Add(Done, done));
    }

    /// <summary>Returns the redirect to the list after a change of many links.</summary>
    /// <param name="context">The request.</param>
    /// <param name="done">The change.</param>
    /// <param name="count">The number of changed links.</param>
    /// <param name="missing">The number of links that do not exist any more.</param>
    public static IResult SeeOtherMany(HttpContext context, string done, int count, int missing) =>
        SeeOther(context, LinkModelFactory.ListPath(context.Workspace().WorkspaceId), $"{done}-{count}-{missing}");

    /// <summary>Returns the text of the last change; null if there is none.</summary>
    public static string? Of(HttpRequest request) => Of(request.Query[Done].ToString());

    /// <summary>Returns the text of a change of many links.</summary>
    /// <param name="done">The change.</param>
    /// <param name="count">The number of changed links.</param>
    /// <param name="missing">The number of links that do not exist any more.</param>
    public static string OfMany(string done, int count, int missing) => Of($"{done}-{count}-{missing}")!;

    private static string? Of(string done) => done.Split('-') switch
    {
        ["created"] => LinkTexts.Created,
        ["saved"] => LinkTexts.Saved,
        ["deleted"] => LinkTexts.Deleted,
        ["enabled"] => LinkTexts.Enabled,
        ["enabled", var count, var missing] => WithCounts(LinkTexts.ManyEnabled, count, missing),
        ["disabled"] => LinkTexts.Disabled,
        ["disabled", var count, var missing] => WithCounts(LinkTexts.ManyDisabled, count, missing),
        ["labels", var count, var missing] => WithCounts(LinkTexts.ManyLabelled, count, missing),
        ["expiry", var count, var missing] => WithCounts(LinkTexts.ManyExpiry, count, missing),
        ["deleted", var count, var missing] => WithCounts(LinkTexts.ManyDeleted, count, missing),
        _ => null,
    };

    private static string? WithCounts(string text, string count, string missing)
    {
        if (!TryParse(count, out var changed) || !TryParse(missing, out var deleted))
        {
            return null;
        }

        var result = Values.Format(text, changed);
        return deleted == 0 ? result : $"{result} {Values.Format(LinkTexts.ManyMissing, deleted)}";
    }

    private static bool TryParse(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
