using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using XQr.Api.Links;
using XQr.Api.Pipeline;
using XQr.Api.Qr.Batch;
using XQr.Dashboard.Members;

namespace XQr.Dashboard.Links;

/// <summary>The changes of the selected links of the list.</summary>
internal static class LinkBulkPages
{
    /// <summary>Runs the action of the pressed button for the selected links.</summary>
    internal static async Task<IResult> ChangeManyAsync(
        HttpContext context,
        LinkOperations operations,
        LinkBulkOperations bulk,
        BatchOperations batches,
        LinkModelFactory models,
        CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        string?[] ids = [.. form["ids"].Distinct()];
        var (error, result) = (ids.Length, form["action"].ToString()) switch
        {
            (0, _) => (ApiErrors.Validation(LinkTexts.SelectLinks, details: null), null),
            (_, "enable") => await SwitchAsync(context, bulk, ids, enabled: true, cancellationToken),
            (_, "disable") => await SwitchAsync(context, bulk, ids, enabled: false, cancellationToken),
            (_, "codes") => await RenderAsync(context, batches, ids, cancellationToken),
            _ => (ApiErrors.NotFound("action"), null),
        };
        return result ?? await LinkListPages.ShowAsync(context, operations, models, error, cancellationToken);
    }

    private static async Task<(ApiError? Error, IResult? Result)> SwitchAsync(
        HttpContext context, LinkBulkOperations bulk, string?[] ids, bool enabled, CancellationToken cancellationToken)
    {
        var body = Json(new JsonObject { ["ids"] = ToArray(ids), ["enabled"] = enabled });
        var updated = await bulk.SetEnabledAsync(context.Workspace(), body, cancellationToken);
        var path = LinkModelFactory.ListPath(context.Workspace().WorkspaceId);
        return updated.Succeeded
            ? (null, LinkNotices.SeeOther(context, path, $"{(enabled ? "enabled" : "disabled")}-{updated.Value}-{ids.Length - updated.Value}"))
            : (updated.Error, null);
    }

    private static async Task<(ApiError? Error, IResult? Result)> RenderAsync(
        HttpContext context, BatchOperations batches, string?[] ids, CancellationToken cancellationToken)
    {
        var rendered = await batches.RenderAsync(context.Workspace(), Json(new JsonObject { ["link_ids"] = ToArray(ids) }), cancellationToken);
        return rendered.Succeeded ? (null, new QrArchiveResult(rendered.Value)) : (rendered.Error, null);
    }

    private static JsonArray ToArray(string?[] ids) => [.. ids.Select(id => (JsonNode?)id)];

    private static JsonElement Json(JsonObject body) => JsonElement.Parse(body.ToJsonString());
}
