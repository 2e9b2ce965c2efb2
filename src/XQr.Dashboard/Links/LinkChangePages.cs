using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using XQr.Dashboard.Forms;

namespace XQr.Dashboard.Links;

/// <summary>The pages that change the labels or the expiry of the selected links, or delete them.</summary>
internal static class LinkChangePages
{
    private const string Labels = "labels";
    private const string Expiry = "expiry";

    /// <summary>Shows the form for labels.</summary>
    internal static Task<IResult> EditLabelsAsync(HttpContext context, LinkBulkForms forms, CancellationToken cancellationToken) =>
        forms.AskAsync<Pages.Links.ManyLabels>(context, Labels, LinkTexts.ChangeLabels, cancellationToken);

    /// <summary>Adds and removes labels.</summary>
    internal static async Task<IResult> SaveLabelsAsync(HttpContext context, LinkBulkForms forms, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var body = new JsonObject
        {
            ["add_labels"] = ToArray(FormBody.LinesOf(form["add_labels"])),
            ["remove_labels"] = ToArray(form["remove_labels"].OfType<string>()),
        };
        return await forms.SaveAsync<Pages.Links.ManyLabels>(context, Labels, LinkTexts.ChangeLabels, body, cancellationToken);
    }

    /// <summary>Shows the form for the expiry.</summary>
    internal static Task<IResult> EditExpiryAsync(HttpContext context, LinkBulkForms forms, CancellationToken cancellationToken) =>
        forms.AskAsync<Pages.Links.ManyExpiry>(context, Expiry, LinkTexts.ChangeExpiry, cancellationToken);

    /// <summary>Sets the expiry, or removes it.</summary>
    internal static async Task<IResult> SaveExpiryAsync(HttpContext context, LinkBulkForms forms, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var time = form["action"] == "remove" ? null : FormBody.ToTime(form["set.expires_at"]) ?? "";
        var body = new JsonObject { ["set"] = new JsonObject { ["expires_at"] = time } };
        return await forms.SaveAsync<Pages.Links.ManyExpiry>(context, Expiry, LinkTexts.ChangeExpiry, body, cancellationToken);
    }

    /// <summary>Asks whether the links are to be deleted.</summary>
    internal static Task<IResult> AskToDeleteAsync(HttpContext context, LinkBulkForms forms, CancellationToken cancellationToken) =>
        forms.AskAsync<Pages.Links.ManyDelete>(context, "delete", LinkTexts.DeleteMany, cancellationToken);

    /// <summary>Deletes the links.</summary>
    internal static Task<IResult> DeleteAsync(HttpContext context, LinkBulkForms forms, CancellationToken cancellationToken) =>
        forms.DeleteAsync(context, cancellationToken);

    private static JsonArray ToArray(IEnumerable<string> texts) => [.. texts.Select(text => (JsonNode)text)];
}
