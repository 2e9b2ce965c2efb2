using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XQr.Api.Pipeline;
using XQr.Api.Qr.Designs;
using XQr.Api.Qr.Images;
using XQr.Api.Qr.Payloads;
using XQr.Api.Tenancy;

namespace XQr.Api.Qr;

/// <summary>Renders any text with a template or the fields of a design. The fields are in the query or, for POST, in the body.</summary>
internal static class RenderEndpoints
{
    private static readonly FieldError NoData = new("data", Payload.Rule);

    public static void MapRenders(this IEndpointRouteBuilder endpoints)
    {
        var qr = endpoints.MapGroup("/api/v1/qr").WithTag("QR", QrEndpoints.Description);
        Declare(qr.MapGet("/render", RenderAsync)).TakeQuery<Design>(NoData);
        Declare(qr.MapPost("/render", RenderByPostAsync)).TakeQuery<Design>(NoData).TakeOptionalJson<RenderRequest>();
        Declare(qr.MapGet("/templates/{id}/render", RenderTemplateAsync)).MayFail(QrErrors.TemplateNotFound());
        Declare(qr.MapPost("/templates/{id}/render", RenderTemplateByPostAsync)).TakeOptionalJson<RenderRequest>().MayFail(
            QrErrors.TemplateNotFound());

        static RouteHandlerBuilder Declare(RouteHandlerBuilder route) =>
            route.RequireScope(Scopes.QrRender).TakeQuery<PayloadQuery>(NoData).TakeQuery<ImageQuery>(NoData).AnswersImage();
    }

    /// <summary>Render a QR code</summary>
    /// <remarks>
    /// Renders <c>data</c>, or the fields of a <c>type</c> such as a Wi-Fi network, a contact or an event. Every field of a design is a
    /// parameter. Unknown parameters are rejected.
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
    /// Renders as GET does, with the fields in a JSON body, which keeps passwords out of proxy logs. The parameters of GET are accepted
    /// too.
    /// </remarks>
    internal static Task<IResult> RenderByPostAsync(HttpContext context, DesignResolver designs, QrImages images, CancellationToken cancellationToken) =>
        RenderAsync(context, designs, images, cancellationToken);

    /// <summary>Render a QR code with a template</summary>
    /// <remarks>Renders <c>data</c>, or the fields of a <c>type</c>.</remarks>
    internal static async Task<IResult> RenderTemplateAsync(
        HttpContext context, string id, DesignResolver designs, QrImages images, CancellationToken cancellationToken)
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
    /// Renders as GET does, with the fields in a JSON body, which keeps passwords out of proxy logs. The parameters of GET are accepted
    /// too. The fields of a design are rejected.
    /// </remarks>
    internal static Task<IResult> RenderTemplateByPostAsync(
        HttpContext context, string id, DesignResolver designs, QrImages images, CancellationToken cancellationToken) =>
        RenderTemplateAsync(context, id, designs, images, cancellationToken);
}
