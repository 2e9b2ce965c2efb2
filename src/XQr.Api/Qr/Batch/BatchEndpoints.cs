using System.Net.Mime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XQr.Api.Links;
using XQr.Api.Pipeline;
using XQr.Api.Qr.Images;
using XQr.Api.Tenancy;
using XQr.Api.Urls;

namespace XQr.Api.Qr.Batch;

internal static class BatchEndpoints
{
    /// <summary>
    /// The timeout of a whole batch: 500 links take seconds to draw, and slow clients take longer to download them. Each storage call keeps
    /// its own timeout.
    /// </summary>
    private static readonly TimeSpan BatchTimeout = TimeSpan.FromMinutes(3);

    public static void MapBatch(this IEndpointRouteBuilder endpoints)
    {
        var qr = endpoints.MapGroup("/api/v1/qr").WithTag("QR", QrEndpoints.Description);
        qr.MapPost("/batch", RenderManyAsync).RequireScope(Scopes.QrRender).RequireFeature(PlanFeature.BulkOps).TakeJson<BatchRequest>()
            .AnswersFile("A ZIP file with an image for each link, named by its short code.", MediaTypeNames.Application.Zip)
            .AnswersHeader(QrImage.LogoSizeHeader).MayFail(QrErrors.TemplateNotFound(), QrErrors.TooManyCodes(25));
    }

    /// <summary>Render the QR codes of many links</summary>
    /// <remarks>Renders all codes or none: an error in one code rejects the whole batch. The request counts as one call.</remarks>
    internal static async Task<IResult> RenderManyAsync(
        HttpContext context, BatchLinks batch, LinkQrStore counts, DesignResolver designs, PublicUrls urls, DrawLimiter limiter, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var request = BatchRequest.Read(context.Api().Body, errors);
        var workspaceId = context.Caller().WorkspaceId;
        context.Api().Deadline?.CancelAfter(BatchTimeout);
        var links = errors.Any ? [] : await batch.FindAsync(workspaceId, request, errors, cancellationToken);
        if (errors.Any)
        {
            return errors.ToError();
        }

        if (await designs.ResolveTemplateAsync(workspaceId, request.TemplateId, cancellationToken) is not { } resolved
            || await resolved.WithQuietZone(request.QuietZone).ReadDesignAsync(cancellationToken) is not { } design)
        {
            return QrErrors.TemplateNotFound();
        }

        var archive = new QrArchive(links, urls, design, request.Image, limiter);
        if (archive.Refusal is { } refusal)
        {
            return QrErrors.NotRendered(refusal);
        }

        var limit = context.Caller().Plan.DynamicQr;
        if (await counts.CountAllAsync(workspaceId, links, limit, cancellationToken) == LinkOutcome.OverLimit)
        {
            return QrErrors.TooManyCodes(limit);
        }

        return archive;
    }
}
