using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using RazorSlices;
using XQr.Api.Links;
using XQr.Api.Pipeline;
using XQr.Dashboard.Forms;
using XQr.Dashboard.Hosting;
using XQr.Dashboard.Members;
using XQr.Dashboard.Pages;

namespace XQr.Dashboard.Links;

/// <summary>Shows the forms for the selected links, and changes the links.</summary>
internal sealed class LinkBulkForms(LinkOperations operations, LinkBulkOperations bulk, LinkModelFactory models)
{
    /// <summary>Shows the form for the links in the query.</summary>
    /// <param name="context">The request.</param>
    /// <param name="change">The last segment of the path.</param>
    /// <param name="title">The title of the page.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public Task<IResult> AskAsync<TForm>(HttpContext context, string change, string title, CancellationToken cancellationToken)
        where TForm : class, IRazorSliceProxy<LinkSelectionModel> =>
        ShowAsync<TForm>(
            context, change, title, LinkSelections.Of(context.Request.Query), FormState.Empty, StatusCodes.Status200OK, cancellationToken);

    /// <summary>
    /// Changes the links of a form. The list then shows the result, and the links that were not changed stay selected. A form with an error
    /// is shown again.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="change">The last segment of the path.</param>
    /// <param name="title">The title of the page.</param>
    /// <param name="body">The body of the operation, without the ids.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public async Task<IResult> SaveAsync<TForm>(
        HttpContext context, string change, string title, JsonObject body, CancellationToken cancellationToken)
        where TForm : class, IRazorSliceProxy<LinkSelectionModel>
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var ids = LinkSelections.Of(form);
        var changed = await bulk.UpdateAsync(context.Workspace(), LinkSelections.BodyOf("ids", ids, body), cancellationToken);
        if (!changed.Succeeded)
        {
            return await ShowAsync<TForm>(
                context, change, title, ids, FormState.Refused(form, changed.Error), changed.Error.Status, cancellationToken);
        }

        var updated = changed.Value.Count(result => result.Error is null);
        var missing = changed.Value.Count(result => result.Link is null);
        LinkFailureModel[] failures =
        [
            .. changed.Value.Where(result => result is { Error: not null, Link: not null })
                .Select(result => new LinkFailureModel(models.Of(result.Link!), result.Error!.Message)),
        ];
        return failures is []
            ? LinkNotices.SeeOtherMany(context, change, updated, missing)
            : await LinkListPages.ShowAsync(
                context, operations, models, error: null, cancellationToken, new(LinkNotices.OfMany(change, updated, missing), failures));
    }

    /// <summary>Deletes the links of a form.</summary>
    public async Task<IResult> DeleteAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var ids = LinkSelections.Of(await context.Request.ReadFormAsync(cancellationToken));
        var deleted = await bulk.DeleteAsync(context.Workspace(), LinkSelections.BodyOf("ids", ids), cancellationToken);
        return deleted.Succeeded
            ? LinkNotices.SeeOtherMany(context, "deleted", deleted.Value, ids.Length - deleted.Value)
            : await LinkListPages.ShowAsync(context, operations, models, deleted.Error, cancellationToken);
    }

    private async Task<IResult> ShowAsync<TForm>(
        HttpContext context, string change, string title, string[] ids, FormState form, int status, CancellationToken cancellationToken)
        where TForm : class, IRazorSliceProxy<LinkSelectionModel>
    {
        var found = await bulk.FindAsync(context.Workspace(), ids, cancellationToken);
        if (!found.Succeeded || found.Value is [])
        {
            var error = found.Error ?? ApiErrors.Validation(LinkTexts.SelectLinks, details: null);
            return await LinkListPages.ShowAsync(context, operations, models, error, cancellationToken);
        }

        var list = LinkModelFactory.ListPath(context.Workspace().WorkspaceId) + LinkListQuery.TextOf(context.Request.Query);
        return Page.Of<TForm, LinkSelectionModel>(
            new(
                Frames.Layout(context, title, Section.Links),
                LinkSelections.ActionOf(context, change),
                list,
                form,
                [.. found.Value.Select(models.Of)]),
            status);
    }
}
