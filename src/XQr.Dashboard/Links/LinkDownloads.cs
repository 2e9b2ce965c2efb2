using Microsoft.AspNetCore.Http;
using XQr.Api.Analytics;
using XQr.Api.Pipeline;
using XQr.Api.Qr;
using XQr.Api.Qr.Images;
using XQr.Dashboard.Hosting;
using XQr.Dashboard.Members;

namespace XQr.Dashboard.Links;

/// <summary>The files of links: QR codes and exported scans.</summary>
internal static class LinkDownloads
{
    /// <summary>Renders the QR code of a link for download, and counts the link as one with a QR code.</summary>
    internal static async Task<IResult> RenderAsync(HttpContext context, string id, QrOperations operations, CancellationToken cancellationToken)
    {
        var image = await operations.RenderLinkAsync(
            context.Workspace(), id, RenderFields.Of(context.Request.Query), IfNoneMatch.Of(context.Request), cancellationToken);
        return image.Succeeded ? new QrImageResult(image.Value) { IsDownload = true } : PageErrors.Of(image.Error);
    }

    /// <summary>Exports the scans of the workspace or of a link.</summary>
    internal static async Task<IResult> ExportAsync(HttpContext context, ExportOperations operations, CancellationToken cancellationToken)
    {
        context.Api().Deadline?.CancelAfter(ExportEndpoints.ExportTimeout);
        var export = await operations.ExportAsync(context.Workspace(), context.Request.Query, cancellationToken);
        return export.Succeeded ? new ScanFile(export.Value.Value) : PageErrors.Of(export.Error);
    }
}
