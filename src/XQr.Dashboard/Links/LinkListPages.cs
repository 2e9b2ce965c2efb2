using Microsoft.AspNetCore.Http;
using XQr.Api.Links;
using XQr.Api.Pipeline;
using XQr.Dashboard.Forms;
using XQr.Dashboard.Hosting;
using XQr.Dashboard.Members;
using XQr.Dashboard.Pages;

namespace XQr.Dashboard.Links;

/// <summary>The list of links and the switch of its rows.</summary>
internal static class LinkListPages
{
    /// <summary>Shows the list, or only its table if htmx asks for it.</summary>
    internal static Task<IResult> ListAsync(
        HttpContext context, LinkOperations operations, LinkModelFactory models, CancellationToken cancellationToken) =>
        ShowAsync(context, operations, models, error: null, cancellationToken);

    /// <summary>Turns a link on or off. htmx gets the new row, and other browsers the list.</summary>
    internal static async Task<IResult> SwitchAsync(
        HttpContext context, string id, LinkOperations operations, LinkModelFactory models, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var body = new FormBody(form).Boolean("enabled").ToJson();
        var changed = await operations.UpdateAsync(context.Workspace(), id, body, IfMatch.Any, cancellationToken);
        if (!changed.Succeeded)
        {
            return context.Request.WantsPart()
                ? PageErrors.Of(changed.Error)
                : await ShowAsync(context, operations, models, changed.Error, cancellationToken);
        }

        var (link, caller) = (changed.Value, context.Workspace());
        var path = LinkModelFactory.ListPath(caller.WorkspaceId);
        if (context.Request.WantsPart())
        {
            var query = context.Request.QueryString.Value ?? "";
            return Page.Of<Pages.Links.Row, LinkRowModel>(new(path, query, models.Of(link), caller.Plan.Features.BulkOps));
        }

        return LinkNotices.SeeOther(
            context, form["to"] == "page" ? LinkModelFactory.PagePath(link) : path, link.Enabled ? "enabled" : "disabled");
    }

    /// <summary>Shows the list with the error of a change, or with the links that a change of many did not reach.</summary>
    internal static async Task<IResult> ShowAsync(
        HttpContext context,
        LinkOperations operations,
        LinkModelFactory models,
        ApiError? error,
        CancellationToken cancellationToken,
        LinkFailuresModel? failures = null)
    {
        var read = LinkListQuery.Read(context.Request.Query);
        if (!read.Succeeded)
        {
            return PageErrors.Of(read.Error);
        }

        var (caller, query) = (context.Workspace(), read.Value);
        if (query.Filter.Text is not null)
        {
            context.Api().Deadline?.CancelAfter(LinkEndpoints.SearchTimeout);
        }

        var (links, total) = await operations.ListAsync(caller, query.Filter, query.Page, cancellationToken);
        var path = LinkModelFactory.ListPath(caller.WorkspaceId);
        var features = caller.Plan.Features;
        var results = new LinkResultsModel(
            path,
            query.Text,
            query.Model,
            [.. links.Select(models.Of)],
            query.Page.Offset,
            total,
            query.PageUrl(path, -1, total),
            query.PageUrl(path, 1, total),
            features.BulkOps,
            Tokens.Of(context))
        {
            Selected = failures?.Links.Select(failure => failure.Link.Id).ToHashSet() ?? [],
        };
        if (context.Request.WantsPart() && error is null)
        {
            context.Response.Headers["HX-Push-Url"] = path + query.Text;
            return Page.Of<Pages.Links.Results, LinkResultsModel>(results);
        }

        var layout = Frames.Layout(context, LinkTexts.Links, Section.Links);
        var notice = error is null && failures is null ? LinkNotices.Of(context.Request) : null;
        var model = new LinkListModel(layout, results, features.CsvExport, notice, error?.Message, failures);
        return Page.Of<Pages.Links.List, LinkListModel>(model, error?.Status ?? StatusCodes.Status200OK);
    }
}
