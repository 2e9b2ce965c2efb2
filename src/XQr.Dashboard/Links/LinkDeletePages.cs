using Microsoft.AspNetCore.Http;
using XQr.Api.Links;
using XQr.Api.Pipeline;
using XQr.Dashboard.Forms;
using XQr.Dashboard.Hosting;
using XQr.Dashboard.Members;
using XQr.Dashboard.Pages;

namespace XQr.Dashboard.Links;

/// <summary>The deletion of a link, which a page confirms.</summary>
internal static class LinkDeletePages
{
    /// <summary>Asks whether the link is to be deleted.</summary>
    internal static Task<IResult> AskAsync(
        HttpContext context, string id, LinkOperations operations, LinkModelFactory models, CancellationToken cancellationToken) =>
        ShowAsync(context, id, operations, models, error: null, cancellationToken);

    /// <summary>Deletes the link. If it has changed since the question, the page asks again.</summary>
    internal static async Task<IResult> DeleteAsync(
        HttpContext context, string id, LinkOperations operations, LinkModelFactory models, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var deleted = await operations.DeleteAsync(context.Workspace(), id, IfMatch.Of(form[FormFields.Version].ToString()), cancellationToken);
        return deleted.Succeeded
            ? LinkNotices.SeeOther(context, LinkModelFactory.ListPath(context.Workspace().WorkspaceId), "deleted")
            : await ShowAsync(context, id, operations, models, deleted.Error, cancellationToken);
    }

    private static async Task<IResult> ShowAsync(
        HttpContext context, string id, LinkOperations operations, LinkModelFactory models, ApiError? error, CancellationToken cancellationToken)
    {
        var found = await operations.GetAsync(context.Workspace(), id, cancellationToken);
        return found.Succeeded
            ? Page.Of<Pages.Links.Delete, LinkDeleteModel>(
                new(Frames.Layout(context, LinkTexts.DeleteLink, Section.Links), models.Of(found.Value), error?.Message),
                error?.Status ?? StatusCodes.Status200OK)
            : PageErrors.Of(found.Error);
    }
}
