using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XQr.Api.Links;
using XQr.Api.Pipeline;
using XQr.Api.Qr.Batch;
using XQr.Api.Qr.Images;
using XQr.Api.Qr.Templates;
using XQr.Api.Tenancy;

namespace XQr.Api.Qr;

internal static class QrEndpoints
{
    /// <summary>Maps the endpoints of QR codes and templates.</summary>
    public static void MapQr(this IEndpointRouteBuilder endpoints)
    {
        Group("/api/v1/links").MapGet("/{id}/qr", RenderLinkAsync).RequireScope(Scopes.QrRender)
            .TakeQuery<ImageQuery>(new("format", ImageQuery.FormatRule)).TakeQuery<LinkImageQuery>(new("format", ImageQuery.FormatRule))
            .AnswersImage().MayFail(LinkErrors.NotFound(), QrErrors.TemplateNotFound(), ApiErrors.PlanLimitExceeded("25 links with QR codes"));
        Group("/api/v1/qr").MapRenders();
        endpoints.MapTemplates();
        Group("/api/v1/qr").MapBatch();

        RouteGroupBuilder Group(string path) => endpoints.MapGroup(path).WithTag("QR", "QR codes as images for print and screen.");
    }

    /// <summary>Render a link's QR code</summary>
    /// <remarks>The same input gives the same bytes. The first render counts the link as one with a QR code.</remarks>
    internal static async Task<IResult> RenderLinkAsync(
        HttpContext context, string id, QrOperations operations, CancellationToken cancellationToken)
    {
        var image = await operations.RenderLinkAsync(
            context.Caller(), id, RenderFields.Of(context.Request.Query), IfNoneMatch.Of(context.Request), cancellationToken);
        return image.ToResponse(rendered => new QrImageResult(rendered));
    }
}
