using Microsoft.AspNetCore.Http;
using XQr.Dashboard.Hosting;
using XQr.Dashboard.Pages.Parts;

namespace XQr.Dashboard.Settings;

/// <summary>Redirects after a change, and tells its result on the next page.</summary>
internal static class Notices
{
    /// <summary>The parameter with the result.</summary>
    public const string Done = "done";

    /// <summary>Returns the redirect to a page that shows the result of a change, so that a reload does not repeat the change.</summary>
    /// <param name="path">The path of the page.</param>
    /// <param name="done">The result.</param>
    public static IResult SeeOther(string path, string done) => Page.SeeOther(path + QueryString.Create(Done, done));

    /// <summary>Returns the result of the last change; null if there is none.</summary>
    /// <param name="request">The request.</param>
    /// <param name="messageOf">Returns the message of a result; null for an unknown one.</param>
    public static AlertModel? Of(HttpRequest request, Func<string, AlertModel?> messageOf) => messageOf(request.Query[Done].ToString());
}
