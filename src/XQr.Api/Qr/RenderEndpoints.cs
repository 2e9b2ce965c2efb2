using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XQr.Api.Pipeline;
using XQr.Api.Qr.Designs;
using XQr.Api.Qr.Images;
using XQr.Api.Qr.Payloads;
using XQr.Api.Workspaces;

namespace XQr.Api.Qr;

/// <summary>Renders of any text, by a template or by the fields of a design. The fields are in the query or, by POST, in a body.</summary>
internal static class RenderEndpoints
{
    private static readonly FieldError NoData = new("data", Payload.Rule);

    public static void MapRenders(this IEndpointRouteBuilder endpoints)
    {
        var qr = endpoints.MapGroup("/api/v1/qr").WithTag("QR", QrEndpoints.Description);
        Declare(qr.MapGet("/render", RenderAsync)).TakeQuery<Design>(NoData);
        Declare(qr.MapPost("/render", RenderByPostAsync)).TakeQuery<Design>(NoData).TakeOptionalJson<RenderRequest>();
        Declare(qr.MapGet("/templates/{id}/render", RenderTemplateAsync)).MayFail(QrErrors.TemplateNotFound());
        Declare(qr.MapPost("/templates/{id}/render", RenderTemplateByPostAsync)).TakeOptionalJson<RenderRequest>().MayFail(QrErrors.TemplateNotFound());

        static RouteHandlerBuilder Declare(RouteHandlerBuilder route) =>
            route.RequireScope(Scopes.QrRender).TakeQuery<PayloadQuery>(NoData).TakeQuery<ImageQuery>(NoData).AnswersImage();
    }

    /// <summary>Render a QR code</summary>
    /// <remarks>
    /// Of <c>data</c>, or of the fields of a <c>type</c>: a Wi-Fi network to join, a contact, an event and more. Any field of a design is a
    /// parameter; one that is unknown is refused, since the image would not be what was meant.
    /// </remarks>
    internal static async Task<IResult> RenderAsync(HttpContext context, DesignResolver designs, QrImages images, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var fields = RenderFields.Read(context, errors);
        var (payload, query, design) = (Payload.Read(fields), ImageQuery.Read(fields), DesignFields.Read(fields));
        fields.RejectUnknownProperties();
        if (errors.Any)
        {
            return errors.ToError();
        }

        var (resolved, fault) = await designs.ResolveAsync(context.Caller().WorkspaceId, design, cancellationToken);
        return resolved is null
            ? QrErrors.BadLogo("logo_url", fault!)
            : await images.AnswerAsync(context, payload, resolved, query, "qr", cancellationToken);
    }

    /// <summary>Render a QR code, by POST</summary>
    /// <remarks>
    /// The same as by GET, with the fields in a JSON body, which keeps passwords out of the logs of proxies. The parameters of the GET are taken too.
    /// </remarks>
    internal static Task<IResult> RenderByPostAsync(HttpContext context, DesignResolver designs, QrImages images, CancellationToken cancellationToken) =>
        RenderAsync(context, designs, images, cancellationToken);

    /// <summary>Render a QR code with a template</summary>
    /// <remarks>Of <c>data</c>, or of the fields of a <c>type</c>.</remarks>
    internal static async Task<IResult> RenderTemplateAsync(HttpContext context, string id, DesignResolver designs, QrImages images, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var fields = RenderFields.Read(context, errors);
        var (payload, query) = (Payload.Read(fields), ImageQuery.Read(fields));
        fields.RejectUnknownProperties();
        if (errors.Any)
        {
            return errors.ToError();
        }

        return await designs.ResolveTemplateAsync(context.Caller().WorkspaceId, id, cancellationToken) is { } resolved
            ? await images.AnswerAsync(context, payload, resolved, query, $"{id[..8]}-qr", cancellationToken)
            : QrErrors.TemplateNotFound();
    }

    /// <summary>Render a QR code with a template, by POST</summary>
    /// <remarks>
    /// The same as by GET, with the fields in a JSON body, which keeps passwords out of the logs of proxies. The parameters of the GET are taken too.
    /// The fields of a design are refused.
    /// </remarks>
    internal static Task<IResult> RenderTemplateByPostAsync(
        HttpContext context, string id, DesignResolver designs, QrImages images, CancellationToken cancellationToken) =>
        RenderTemplateAsync(context, id, designs, images, cancellationToken);
}
