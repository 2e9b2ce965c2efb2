using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XQr.Api.Pipeline;
using XQr.Api.Workspaces;

namespace XQr.Api.Links;

internal static class LinkEndpoints
{
    private const int RandomCodeAttempts = 5;

    public static void MapLinks(this IEndpointRouteBuilder endpoints)
    {
        var links = endpoints.MapGroup("/api/v1/links").WithTags("Links");
        links.MapPost("/", CreateAsync).RequireScope(Scopes.LinksWrite).TakeJson(typeof(CreateLinkRequest));
        links.MapGet("/", ListAsync).RequireScope(Scopes.LinksRead);
        links.MapGet("/{id}", GetAsync).RequireScope(Scopes.LinksRead);
        links.MapPatch("/{id}", UpdateAsync).RequireScope(Scopes.LinksWrite).TakeJson(typeof(UpdateLinkRequest));
        links.MapDelete("/{id}", DeleteAsync).RequireScope(Scopes.LinksWrite);
    }

    private static async Task<IResult> CreateAsync(
        HttpContext context, LinkStore store, ShortCodeCache codes, PublicUrls urls, TimeProvider time, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var now = time.GetUtcNow();
        var request = CreateLinkRequest.Read(context.Api().Body, urls, now, errors);
        if (errors.Any)
        {
            return errors.ToError();
        }

        if (LinkErrors.NotInPlan(request.RoutingRules, context.Caller().Plan) is { } refusal)
        {
            return refusal;
        }

        for (var attempt = 1; attempt <= RandomCodeAttempts; attempt++)
        {
            var link = request.ToLink(context.Caller().WorkspaceId, now);
            if (await store.TryAddAsync(link, cancellationToken))
            {
                codes.Forget(link.ShortCode);
                return ApiResults.Created(context, $"/api/v1/links/{link.Id}", LinkResponse.From(link, urls));
            }

            if (request.CustomSlug is { } slug)
            {
                return LinkErrors.SlugTaken(slug);
            }
        }

        throw new InvalidOperationException($"{RandomCodeAttempts} random short codes in a row were taken.");
    }

    private static async Task<IResult> ListAsync(
        HttpContext context, LinkStore store, PublicUrls urls, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var query = context.Request.Query;
        var page = Page.Read(query, errors);
        var filter = LinkFilter.Read(query, errors);
        if (errors.Any)
        {
            return errors.ToError();
        }

        var (links, total) = await store.ListAsync(context.Caller().WorkspaceId, filter, page, cancellationToken);
        return ApiResults.List([.. links.Select(link => LinkResponse.From(link, urls))], page with { Total = total });
    }

    private static async Task<IResult> GetAsync(
        HttpContext context, string id, LinkStore store, PublicUrls urls, CancellationToken cancellationToken) =>
        Ids.TryParse(id, out var linkId) && await store.FindAsync(context.Caller().WorkspaceId, linkId, cancellationToken) is { } link
            ? ApiResults.Ok(LinkResponse.From(link, urls))
            : LinkErrors.NotFound();

    private static async Task<IResult> UpdateAsync(
        HttpContext context, string id, LinkStore store, ShortCodeCache codes, PublicUrls urls, TimeProvider time, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var now = time.GetUtcNow();
        var request = UpdateLinkRequest.Read(context.Api().Body, urls, now, errors);
        if (errors.Any)
        {
            return errors.ToError();
        }

        if (LinkErrors.NotInPlan(request.RoutingRules, context.Caller().Plan) is { } refusal)
        {
            return refusal;
        }

        if (!Ids.TryParse(id, out var linkId)
            || await store.UpdateAsync(context.Caller().WorkspaceId, linkId, link => request.Apply(link, now), cancellationToken) is not { } changed)
        {
            return LinkErrors.NotFound();
        }

        codes.Forget(changed.ShortCode);
        return ApiResults.Ok(LinkResponse.From(changed, urls));
    }

    private static async Task<IResult> DeleteAsync(
        HttpContext context, string id, LinkStore store, ShortCodeCache codes, CancellationToken cancellationToken)
    {
        if (!Ids.TryParse(id, out var linkId)
            || await store.DeleteAsync(context.Caller().WorkspaceId, linkId, cancellationToken) is not { } deleted)
        {
            return LinkErrors.NotFound();
        }

        codes.Forget(deleted.ShortCode);
        return TypedResults.NoContent();
    }
}
