using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XQr.Api.Links;
using XQr.Api.Pipeline;
using XQr.Api.Workspaces;
using XQr.Rendering;

namespace XQr.Api.Qr;

internal static class QrEndpoints
{
    public static void MapQr(this IEndpointRouteBuilder endpoints)
    {
        var links = endpoints.MapGroup("/api/v1/links").WithTag("QR", "QR codes, as images to print and to show.");
        links.MapGet("/{id}/qr", RenderLinkAsync).RequireScope(Scopes.QrRender).TakeQuery<QrRequest>(new("format", QrRequest.FormatFault))
            .AnswersImage().MayFail(LinkErrors.NotFound(), ApiErrors.PlanLimitExceeded("25 links with QR codes"));
    }

    /// <summary>Render a link's QR code</summary>
    /// <remarks>The same input gives the same bytes. The first render of a link counts it as one with a QR code.</remarks>
    internal static async Task<IResult> RenderLinkAsync(
        HttpContext context, string id, LinkStore links, PublicUrls urls, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var request = QrRequest.Read(context.Request.Query, errors);
        if (errors.Any)
        {
            return errors.ToError();
        }

        if (!Ids.TryParse(id, out var linkId) || await links.FindAsync(context.Caller().WorkspaceId, linkId, cancellationToken) is not { } link)
        {
            return LinkErrors.NotFound();
        }

        if (request.TemplateId is not null)
        {
            return QrErrors.TemplateNotFound();
        }

        if (!link.QrRendered)
        {
            var (caller, limit) = (context.Caller(), context.Caller().Plan.DynamicQr);
            switch (await links.CountQrAsync(caller.WorkspaceId, linkId, limit, cancellationToken))
            {
                case LinkOutcome.NotFound:
                    return LinkErrors.NotFound();
                case LinkOutcome.OverLimit:
                    return ApiErrors.PlanLimitExceeded($"{limit} links with QR codes");
            }
        }

        // An address of this service always fits: it is far shorter than the 1,273 bytes that fit in any case.
        var image = (QrOutcome.Image)QrRenderer.Render(urls.ShortUrl(link.ShortCode), QrDesign.Default, request.Format, request.Size);
        return new QrImage(image.Bytes, request.Format, $"{linkId.ToString()[..8]}-qr");
    }
}
