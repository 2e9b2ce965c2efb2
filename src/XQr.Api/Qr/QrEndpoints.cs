using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XQr.Api.Links;
using XQr.Api.Pipeline;
using XQr.Api.Primitives;
using XQr.Api.Qr.Images;
using XQr.Api.Tenancy;
using XQr.Api.Urls;

namespace XQr.Api.Qr;

internal static class QrEndpoints
{
    public const string Description = "QR codes as images for print and screen.";

    public static void MapQr(this IEndpointRouteBuilder endpoints)
    {
        var links = endpoints.MapGroup("/api/v1/links").WithTag("QR", Description);
        links.MapGet("/{id}/qr", RenderLinkAsync).RequireScope(Scopes.QrRender)
            .TakeQuery<ImageQuery>(new("format", ImageQuery.FormatFault)).TakeQuery<LinkImageQuery>(new("format", ImageQuery.FormatFault))
            .AnswersImage().MayFail(LinkErrors.NotFound(), QrErrors.TemplateNotFound(), ApiErrors.PlanLimitExceeded("25 links with QR codes"));
    }

    /// <summary>Render a link's QR code</summary>
    /// <remarks>The same input gives the same bytes. The first render counts the link as one with a QR code.</remarks>
    internal static async Task<IResult> RenderLinkAsync(
        HttpContext context, string id, LinkStore links, LinkQrStore counts, DesignResolver designs, QrImages images, PublicUrls urls, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var fields = new QueryReader(context.Request.Query, errors);
        var (query, appearance) = (ImageQuery.Read(fields), LinkImageQuery.Read(fields));
        if (errors.Any)
        {
            return errors.ToError();
        }

        var (workspaceId, limit) = (context.Caller().WorkspaceId, context.Caller().Plan.DynamicQr);
        if (!Ids.TryParse(id, out var linkId) || await links.FindAsync(workspaceId, linkId, cancellationToken) is not { } link)
        {
            return LinkErrors.NotFound();
        }

        if (await designs.ResolveTemplateAsync(workspaceId, appearance.TemplateId, cancellationToken) is not { } resolved)
        {
            return QrErrors.TemplateNotFound();
        }

        var answer = await images.AnswerAsync(
            context, new(urls.ShortUrl(link.ShortCode)), resolved.WithQuietZone(appearance.QuietZone), query, $"{linkId.ToString()[..8]}-qr", cancellationToken);
        return answer is not QrImage || link.QrRendered
            ? answer
            : await counts.CountAsync(workspaceId, linkId, limit, cancellationToken) switch
            {
                LinkOutcome.NotFound => LinkErrors.NotFound(),
                LinkOutcome.OverLimit => QrErrors.TooManyCodes(limit),
                _ => answer,
            };
    }
}
