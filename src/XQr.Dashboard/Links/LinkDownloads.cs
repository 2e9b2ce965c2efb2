using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using XQr.Api.Analytics;
using XQr.Api.Pipeline;
using XQr.Api.Primitives;
using XQr.Api.Qr;
using XQr.Api.Qr.Images;
using XQr.Api.Urls;
using XQr.Dashboard.Hosting;
using XQr.Dashboard.Members;

namespace XQr.Dashboard.Links;

/// <summary>The files of links: QR codes and exported scans.</summary>
internal static class LinkDownloads
{
    private const int PreviewSize = 6;

    /// <summary>Renders the QR code of a link for download, and counts the link as one with a QR code.</summary>
    internal static async Task<IResult> RenderAsync(HttpContext context, string id, QrOperations operations, CancellationToken cancellationToken)
    {
        var image = await operations.RenderLinkAsync(
            context.Workspace(), id, RenderFields.Of(context.Request.Query), IfNoneMatch.Of(context.Request), cancellationToken);
        return image.Succeeded ? new QrImageResult(image.Value) { IsDownload = true } : PageErrors.Of(image.Error);
    }

    /// <summary>
    /// Renders the QR code that a short code has or would have. A look at a page is no use of a QR code, so it does not count the link.
    /// </summary>
    internal static async Task<IResult> PreviewAsync(
        HttpContext context, QrOperations operations, PublicUrls urls, CancellationToken cancellationToken)
    {
        var code = context.Request.Query["custom_slug"].ToString();
        if (!ShortCodes.IsWellFormed(code))
        {
            return PageErrors.Of(ApiErrors.NotFound("QR code"));
        }

        var body = new JsonObject { ["data"] = urls.ShortUrl(code), ["size"] = PreviewSize };
        var image = await operations.RenderAsync(
            context.Workspace(), RenderFields.Of(JsonElement.Parse(body.ToJsonString())), IfNoneMatch.Of(context.Request), cancellationToken);
        return image.Succeeded ? new QrImageResult(image.Value) : PageErrors.Of(image.Error);
    }

    /// <summary>Exports the scans of the workspace or of a link.</summary>
    internal static async Task<IResult> ExportAsync(HttpContext context, ExportOperations operations, CancellationToken cancellationToken)
    {
        context.Api().Deadline?.CancelAfter(ExportEndpoints.ExportTimeout);
        var export = await operations.ExportAsync(context.Workspace(), context.Request.Query, cancellationToken);
        return export.Succeeded ? new ScanFile(export.Value) : PageErrors.Of(export.Error);
    }
}
