using System.Net.Mime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XQr.Api.Pipeline;
using XQr.Api.Qr.Images;
using XQr.Api.Tenancy;

namespace XQr.Api.Qr.Batch;

internal static class BatchEndpoints
{
    /// <summary>
    /// The timeout of a whole batch: 500 links take seconds to draw, and slow clients take longer to download them. Each storage call keeps
    /// its own timeout.
    /// </summary>
    private static readonly TimeSpan BatchTimeout = TimeSpan.FromMinutes(3);

    public static void MapBatch(this IEndpointRouteBuilder qr) =>
        qr.MapPost("/batch", RenderManyAsync).RequireScope(Scopes.QrRender).RequireFeature(PlanFeature.BulkOps).TakeJson<BatchRequest>()
            .AnswersFile("A ZIP file with an image for each link, named by its short code.", MediaTypeNames.Application.Zip)
            .AnswersHeader(QrImageResult.LogoSizeHeader).MayFail(QrErrors.TemplateNotFound(), QrErrors.TooManyCodes(25));

    /// <summary>Render the QR codes of many links</summary>
    /// <remarks>Renders all codes or none: an error in one code rejects the whole batch. The request counts as one call.</remarks>
    internal static async Task<IResult> RenderManyAsync(HttpContext context, BatchOperations operations, CancellationToken cancellationToken)
    {
        context.Api().Deadline?.CancelAfter(BatchTimeout);
        var rendered = await operations.RenderAsync(context.Caller(), context.Api().Body, cancellationToken);
        return rendered.ToResponse(archive => new QrArchiveResult(archive));
    }
}
