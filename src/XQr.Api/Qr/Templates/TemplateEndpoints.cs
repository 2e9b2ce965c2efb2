using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XQr.Api.Pipeline;
using XQr.Api.Primitives;
using XQr.Api.Tenancy;

namespace XQr.Api.Qr.Templates;

internal static class TemplateEndpoints
{
    public static void MapTemplates(this IEndpointRouteBuilder endpoints)
    {
        var templates = endpoints.MapGroup("/api/v1/qr/templates").WithTag("Templates", "Named designs for QR codes.");
        templates.MapPost("/", CreateAsync).RequireScope(Scopes.QrWrite).TakeJson<CreateTemplateRequest>().Idempotent()
            .AnswersCreated<TemplateResponse>().MayFail(ApiErrors.PlanLimitExceeded("3 QR templates"));
        templates.MapGet("/", ListAsync).RequireScope(Scopes.QrRead)
            .AnswersWhole<TemplateResponse>();
        templates.MapGet("/{id}", GetAsync).RequireScope(Scopes.QrRead)
            .Answers<TemplateResponse>().Revalidates().MayFail(QrErrors.TemplateNotFound());
        templates.MapPatch("/{id}", UpdateAsync).RequireScope(Scopes.QrWrite).TakeJson<UpdateTemplateRequest>()
            .AnswersChanged<TemplateResponse>().TakesPrecondition("template").MayFail(QrErrors.TemplateNotFound());
        templates.MapDelete("/{id}", DeleteAsync).RequireScope(Scopes.QrWrite)
            .AnswersNothing().TakesPrecondition("template").MayFail(QrErrors.TemplateNotFound());
    }

    /// <summary>Create a template</summary>
    internal static async Task<IResult> CreateAsync(HttpContext context, TemplateSaving saving, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var request = CreateTemplateRequest.Read(context.Api().Body, errors);
        if (errors.Any)
        {
            return errors.ToError();
        }

        var (template, error) = await saving.CreateAsync(context.Caller(), request, context.CreationSeed(), cancellationToken);
        return template is null
            ? error!
            : ApiResults.Created(context, $"/api/v1/qr/templates/{template.Id}", template.Tag, TemplateResponse.From(template));
    }

    /// <summary>List templates</summary>
    /// <remarks>Newest first.</remarks>
    internal static async Task<IResult> ListAsync(HttpContext context, TemplateStore store, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var page = PageQuery.ReadWhole(context.Request.Query, errors);
        if (errors.Any)
        {
            return errors.ToError();
        }

        var (templates, total) = await store.ListAsync(context.Caller().WorkspaceId, page, cancellationToken);
        return ApiResults.List([.. templates.Select(TemplateResponse.From)], page with { Total = total });
    }

    /// <summary>Get a template</summary>
    internal static async Task<IResult> GetAsync(HttpContext context, string id, TemplateStore store, CancellationToken cancellationToken) =>
        Ids.TryParse(id, out var templateId) && await store.FindAsync(context.Caller().WorkspaceId, templateId, cancellationToken) is { } template
            ? ApiResults.Current(context, template.Tag, TemplateResponse.From(template))
            : QrErrors.TemplateNotFound();

    /// <summary>Change a template</summary>
    /// <remarks>
    /// Absent properties stay unchanged, in the design too. The whole template can be sent back: read-only properties must keep their
    /// values.
    /// </remarks>
    internal static async Task<IResult> UpdateAsync(HttpContext context, string id, TemplateSaving saving, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var request = UpdateTemplateRequest.Read(context.Api().Body, errors);
        if (errors.Any)
        {
            return errors.ToError();
        }

        if (!Ids.TryParse(id, out var templateId))
        {
            return QrErrors.TemplateNotFound();
        }

        ApiError? refusal = null;
        var (template, error) = await saving.UpdateAsync(
            context.Caller().WorkspaceId,
            templateId,
            request,
            template => (refusal = request.ReadOnly.Validate(TemplateResponse.From(template), QrJson.Api.TemplateResponse)) is null && IfMatch.Of(context.Request).Allows(template.Is),
            cancellationToken);
        return template is null ? refusal ?? error! : ApiResults.Ok(context, template.Tag, TemplateResponse.From(template));
    }

    /// <summary>Delete a template</summary>
    /// <remarks>Deletes the template and its logo permanently. Codes that were rendered with it continue to work.</remarks>
    internal static async Task<IResult> DeleteAsync(HttpContext context, string id, TemplateSaving saving, CancellationToken cancellationToken)
    {
        if (!Ids.TryParse(id, out var templateId))
        {
            return QrErrors.TemplateNotFound();
        }

        var error = await saving.DeleteAsync(
            context.Caller().WorkspaceId, templateId, template => IfMatch.Of(context.Request).Allows(template.Is), cancellationToken);
        return error is null ? TypedResults.NoContent() : error;
    }
}
