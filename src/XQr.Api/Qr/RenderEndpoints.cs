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

    public static void MapRenders(this IEndpointRouteBuilder qr)
    {
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
    internal static async Task<IResult> RenderAsync(HttpContext context, QrOperations operations, CancellationToken cancellationToken)
    {
        var image = await operations.RenderAsync(context.Caller(), FieldsOf(context), IfNoneMatch.Of(context.Request), cancellationToken);
        return image.ToResponse(rendered => new QrImageResult(rendered));
    }

    /// <summary>Render a QR code, by POST</summary>
    /// <remarks>
    /// Renders as GET does, with the fields in a JSON body, which keeps passwords out of proxy logs. The parameters of GET are accepted
    /// too.
    /// </remarks>
    internal static Task<IResult> RenderByPostAsync(HttpContext context, QrOperations operations, CancellationToken cancellationToken) =>
        RenderAsync(context, operations, cancellationToken);

    /// <summary>Render a QR code with a template</summary>
    /// <remarks>Renders <c>data</c>, or the fields of a <c>type</c>.</remarks>
    internal static async Task<IResult> RenderTemplateAsync(
        HttpContext context, string id, QrOperations operations, CancellationToken cancellationToken)
    {
        var image = await operations.RenderTemplateAsync(
            context.Caller(), id, FieldsOf(context), IfNoneMatch.Of(context.Request), cancellationToken);
        return image.ToResponse(rendered => new QrImageResult(rendered));
    }

    /// <summary>Render a QR code with a template, by POST</summary>
    /// <remarks>
    /// Renders as GET does, with the fields in a JSON body, which keeps passwords out of proxy logs. The parameters of GET are accepted
    /// too. The fields of a design are rejected.
    /// </remarks>
    internal static Task<IResult> RenderTemplateByPostAsync(
        HttpContext context, string id, QrOperations operations, CancellationToken cancellationToken) =>
        RenderTemplateAsync(context, id, operations, cancellationToken);

    private static RenderFields FieldsOf(HttpContext context) => RenderFields.Of(context.Api().Body, context.Request.Query);
}
