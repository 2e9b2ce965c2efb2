using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XQr.Api.Pipeline;
using XQr.Api.Qr.Images;
using XQr.Api.Tenancy;

namespace XQr.Api.Qr.Templates;

internal static class TemplateEndpoints
{
    private const string Path = "/api/v1/qr/templates";

    public static void MapTemplates(this IEndpointRouteBuilder endpoints)
    {
        var templates = endpoints.MapGroup(Path).WithTag("Templates", "Named designs for QR codes.");
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
    internal static async Task<IResult> CreateAsync(HttpContext context, TemplateOperations operations, CancellationToken cancellationToken)
    {
        var created = await operations.CreateAsync(context.Caller(), context.Api().Body, context.CreationSeed(), cancellationToken);
        return created.ToResponse(template =>
            ApiResults.Created(context, $"{Path}/{template.Id}", template.Tag, TemplateResponse.From(template)));
    }

    /// <summary>List templates</summary>
    /// <remarks>Newest first.</remarks>
    internal static async Task<IResult> ListAsync(HttpContext context, TemplateOperations operations, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var page = PageQuery.ReadWhole(context.Request.Query, errors);
        if (errors.Any)
        {
            return errors.ToError();
        }

        var (templates, total) = await operations.ListAsync(context.Caller(), page, cancellationToken);
        return ApiResults.List([.. templates.Select(TemplateResponse.From)], page with { Total = total });
    }

    /// <summary>Get a template</summary>
    internal static async Task<IResult> GetAsync(HttpContext context, string id, TemplateOperations operations, CancellationToken cancellationToken)
    {
        var found = await operations.GetAsync(context.Caller(), id, cancellationToken);
        return found.ToResponse(template => ApiResults.Current(context, template.Tag, TemplateResponse.From(template)));
    }

    /// <summary>Change a template</summary>
    /// <remarks>
    /// Absent properties stay unchanged, in the design too. The whole template can be sent back: read-only properties must keep their
    /// values.
    /// </remarks>
    internal static async Task<IResult> UpdateAsync(
        HttpContext context, string id, TemplateOperations operations, CancellationToken cancellationToken)
    {
        var changed = await operations.UpdateAsync(context.Caller(), id, context.Api().Body, IfMatch.Of(context.Request), cancellationToken);
        return changed.ToResponse(template => ApiResults.Ok(context, template.Tag, TemplateResponse.From(template)));
    }

    /// <summary>Delete a template</summary>
    /// <remarks>Deletes the template and its logo permanently. Codes that were rendered with it continue to work.</remarks>
    internal static async Task<IResult> DeleteAsync(
        HttpContext context, string id, TemplateOperations operations, CancellationToken cancellationToken)
    {
        var deleted = await operations.DeleteAsync(context.Caller(), id, IfMatch.Of(context.Request), cancellationToken);
        return deleted.ToResponse(_ => TypedResults.NoContent());
    }
}
