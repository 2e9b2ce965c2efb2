using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XQr.Api.Pipeline;
using XQr.Api.Tenancy;
using XQr.Api.Urls;

namespace XQr.Api.Links;

/// <summary>The routes of links.</summary>
internal static class LinkEndpoints
{
    public const string Description = "Short links with their destinations, state and scan counts.";

    /// <summary>The time of a search, which reads the whole workspace. Each storage call keeps its own timeout.</summary>
    internal static readonly TimeSpan SearchTimeout = TimeSpan.FromSeconds(60);

    public static void MapLinks(this IEndpointRouteBuilder endpoints)
    {
        var links = endpoints.MapGroup("/api/v1/links").WithTag("Links", Description);
        links.MapPost("/", CreateAsync).RequireScope(Scopes.LinksWrite).TakeJson<CreateLinkRequest>().Idempotent()
            .AnswersCreated<LinkResponse>().MayFail(
                LinkErrors.SlugTaken("summer-sale"),
                ApiErrors.FeatureNotAvailable(PlanFeature.RoutingRules),
                ApiErrors.PlanLimitExceeded("50 links a month"));
        links.MapGet("/", ListAsync).RequireScope(Scopes.LinksRead).TakeQuery<LinkFilter>(new("enabled", "must be true or false"))
            .AnswersPage<LinkResponse>();
        links.MapGet("/{id}", GetAsync).RequireScope(Scopes.LinksRead)
            .Answers<LinkResponse>().Revalidates().MayFail(LinkErrors.NotFound());
        links.MapGet("/{id}/changes", ListChangesAsync).RequireScope(Scopes.LinksRead)
            .AnswersList<LinkChange>().MayFail(LinkErrors.NotFound());
        links.MapPatch("/{id}", UpdateAsync).RequireScope(Scopes.LinksWrite).TakeJson<UpdateLinkRequest>()
            .AnswersChanged<LinkResponse>().TakesPrecondition("link").MayFail(LinkErrors.NotFound());
        links.MapDelete("/{id}", DeleteAsync).RequireScope(Scopes.LinksWrite)
            .AnswersNothing().TakesPrecondition("link").MayFail(LinkErrors.NotFound());
    }

    /// <summary>Create a link</summary>
    internal static async Task<IResult> CreateAsync(
        HttpContext context, LinkOperations operations, PublicUrls urls, CancellationToken cancellationToken)
    {
        var created = await operations.CreateAsync(context.Caller(), context.Api().Body, context.CreationSeed(), cancellationToken);
        return created.ToResponse(link =>
            ApiResults.Created(context, $"/api/v1/links/{link.Id}", LinkVersion.TagOf(link), LinkResponse.From(link, urls)));
    }

    /// <summary>List links</summary>
    /// <remarks>Newest first.</remarks>
    internal static async Task<IResult> ListAsync(
        HttpContext context, LinkOperations operations, PublicUrls urls, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var query = context.Request.Query;
        var page = PageQuery.Read(query, errors);
        var filter = LinkFilter.Read(query, errors);
        if (errors.Any)
        {
            return errors.ToError();
        }

        if (filter.Text is not null)
        {
            context.Api().Deadline?.CancelAfter(SearchTimeout);
        }

        var (links, total) = await operations.ListAsync(context.Caller(), filter, page, cancellationToken);
        return ApiResults.List([.. links.Select(link => LinkResponse.From(link, urls))], page with { Total = total });
    }

    /// <summary>Get a link</summary>
    internal static async Task<IResult> GetAsync(
        HttpContext context, string id, LinkOperations operations, PublicUrls urls, CancellationToken cancellationToken)
    {
        var found = await operations.GetAsync(context.Caller(), id, cancellationToken);
        return found.Succeeded
            ? ApiResults.Current(context, LinkVersion.TagOf(found.Value), LinkResponse.From(found.Value, urls))
            : found.Error;
    }

    /// <summary>List the last changes of a link</summary>
    /// <remarks>The last 10 changes, newest first. The e-mail addresses of members are shown to keys with <c>workspace:read</c> only.</remarks>
    internal static async Task<IResult> ListChangesAsync(
        HttpContext context, string id, LinkOperations operations, CancellationToken cancellationToken)
    {
        var caller = context.Caller();
        var found = await operations.GetAsync(caller, id, cancellationToken);
        return found.ToResponse(link => ApiResults.List(
            caller.Key.Grants(Scopes.WorkspaceRead) ? link.History.Changes : [.. link.History.Changes.Select(change => change.WithoutAddress())]));
    }

    /// <summary>Change a link</summary>
    /// <remarks>
    /// Absent properties stay unchanged. Redirects use the change within 10 seconds. The whole link can be sent back: read-only
    /// properties must keep their values.
    /// </remarks>
    internal static async Task<IResult> UpdateAsync(
        HttpContext context, string id, LinkOperations operations, PublicUrls urls, CancellationToken cancellationToken)
    {
        var changed = await operations.UpdateAsync(context.Caller(), id, context.Api().Body, IfMatch.Of(context.Request), cancellationToken);
        return changed.ToResponse(link => ApiResults.Ok(context, LinkVersion.TagOf(link), LinkResponse.From(link, urls)));
    }

    /// <summary>Delete a link</summary>
    /// <remarks>Deletes the link and its analytics permanently. The short code is free again at once.</remarks>
    internal static async Task<IResult> DeleteAsync(HttpContext context, string id, LinkOperations operations, CancellationToken cancellationToken)
    {
        var deleted = await operations.DeleteAsync(context.Caller(), id, IfMatch.Of(context.Request), cancellationToken);
        return deleted.ToResponse(_ => TypedResults.NoContent());
    }
}
