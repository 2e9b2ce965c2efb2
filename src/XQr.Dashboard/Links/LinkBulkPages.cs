using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using XQr.Api.Links;
using XQr.Api.Pipeline;
using XQr.Api.Qr.Batch;
using XQr.Dashboard.Hosting;
using XQr.Dashboard.Members;

namespace XQr.Dashboard.Links;

/// <summary>The buttons for the selected links of the list.</summary>
internal static class LinkBulkPages
{
    /// <summary>Runs the action of the pressed button for the selected links, or goes to the page that asks for more.</summary>
    internal static async Task<IResult> ChangeManyAsync(
        HttpContext context,
        LinkOperations operations,
        LinkBulkOperations bulk,
        BatchOperations batches,
        LinkModelFactory models,
        CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var ids = LinkSelections.Of(form);
        var (error, result) = (ids.Length, form["action"].ToString()) switch
        {
            (0, _) => (ApiErrors.Validation(LinkTexts.SelectLinks, details: null), null),
            (_, "enable") => await SwitchAsync(context, bulk, ids, enabled: true, cancellationToken),
            (_, "disable") => await SwitchAsync(context, bulk, ids, enabled: false, cancellationToken),
            (_, "codes") => await RenderAsync(context, batches, ids, cancellationToken),
            (_, ("labels" or "expiry" or "delete") and var change) => (null, Page.SeeOther(LinkSelections.PageOf(context, change, ids))),
            _ => (ApiErrors.NotFound("action"), null),
        };
        return result ?? await LinkListPages.ShowAsync(context, operations, models, error, cancellationToken);
    }

    private static async Task<(ApiError? Error, IResult? Result)> SwitchAsync(
        HttpContext context, LinkBulkOperations bulk, string[] ids, bool enabled, CancellationToken cancellationToken)
    {
        var body = LinkSelections.BodyOf("ids", ids, new JsonObject { ["enabled"] = enabled });
        var updated = await bulk.SetEnabledAsync(context.Workspace(), body, cancellationToken);
        return updated.Succeeded
            ? (null, LinkNotices.SeeOtherMany(context, enabled ? "enabled" : "disabled", updated.Value, ids.Length - updated.Value))
            : (updated.Error, null);
    }

    private static async Task<(ApiError? Error, IResult? Result)> RenderAsync(
        HttpContext context, BatchOperations batches, string[] ids, CancellationToken cancellationToken)
    {
        var rendered = await batches.RenderAsync(context.Workspace(), LinkSelections.BodyOf("link_ids", ids), cancellationToken);
        return rendered.Succeeded ? (null, new QrArchiveResult(rendered.Value)) : (rendered.Error, null);
    }
}
