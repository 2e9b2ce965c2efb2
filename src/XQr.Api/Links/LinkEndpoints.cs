using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XQr.Api.Pipeline;
using XQr.Api.Primitives;
using XQr.Api.Tenancy;
using XQr.Api.Urls;

namespace XQr.Api.Links;

internal static class LinkEndpoints
{
    public const string Description = "Short links with their destinations, state and scan counts.";

    private const int RandomCodeAttempts = 5;

    private static readonly TimeSpan TimeForSearch = TimeSpan.FromSeconds(60);

    public static void MapLinks(this IEndpointRouteBuilder endpoints)
    {
        var links = endpoints.MapGroup("/api/v1/links").WithTag("Links", Description);
        links.MapPost("/", CreateAsync).RequireScope(Scopes.LinksWrite).TakeJson<CreateLinkRequest>().Idempotent()
            .AnswersCreated<LinkResponse>().MayFail(LinkErrors.SlugTaken("summer-sale"), ApiErrors.FeatureNotAvailable(PlanFeature.RoutingRules), ApiErrors.PlanLimitExceeded("50 links a month"));
        links.MapGet("/", ListAsync).RequireScope(Scopes.LinksRead).TakeQuery<LinkFilter>(new("enabled", "must be true or false"))
            .AnswersPage<LinkResponse>();
        links.MapGet("/{id}", GetAsync).RequireScope(Scopes.LinksRead)
            .Answers<LinkResponse>().Revalidates().MayFail(LinkErrors.NotFound());
        links.MapPatch("/{id}", UpdateAsync).RequireScope(Scopes.LinksWrite).TakeJson<UpdateLinkRequest>()
            .AnswersChanged<LinkResponse>().TakesPrecondition("link").MayFail(LinkErrors.NotFound());
        links.MapDelete("/{id}", DeleteAsync).RequireScope(Scopes.LinksWrite)
            .AnswersNothing().TakesPrecondition("link").MayFail(LinkErrors.NotFound());
    }

    /// <summary>Create a link</summary>
    internal static async Task<IResult> CreateAsync(
        HttpContext context, LinkCreationStore store, ShortCodeCache codes, PublicUrls urls, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var seed = context.CreationSeed();
        var request = CreateLinkRequest.Read(context.Api().Body, urls, seed.At, errors);
        if (errors.Any)
        {
            return errors.ToError();
        }

        if (LinkErrors.NotInPlan(request.RoutingRules, context.Caller().Plan) is { } refusal)
        {
            return refusal;
        }

        var (caller, outcome) = (context.Caller(), LinkOutcome.CodeTaken);
        for (var attempt = 1; attempt <= RandomCodeAttempts && outcome == LinkOutcome.CodeTaken; attempt++)
        {
            var link = request.ToLink(caller.WorkspaceId, request.CustomSlug ?? ShortCodes.New(seed), seed);
            outcome = await store.AddAsync(link, caller.Plan.LinksPerMonth, cancellationToken);
            if (outcome == LinkOutcome.Done)
            {
                codes.Forget(link.ShortCode);
                return ApiResults.Created(context, $"/api/v1/links/{link.Id}", LinkVersion.TagOf(link), LinkResponse.From(link, urls));
            }
        }

        return LinkErrors.NotCreated(outcome, request, caller.Plan);
    }

    /// <summary>List links</summary>
    /// <remarks>Newest first.</remarks>
    internal static async Task<IResult> ListAsync(
        HttpContext context, LinkListStore store, PublicUrls urls, CancellationToken cancellationToken)
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
            // A search reads the whole workspace. Each storage call keeps its own timeout.
            context.Api().Deadline?.CancelAfter(TimeForSearch);
        }

        var (links, total) = await store.ListAsync(context.Caller().WorkspaceId, filter, page, cancellationToken);
        return ApiResults.List([.. links.Select(link => LinkResponse.From(link, urls))], page with { Total = total });
    }

    /// <summary>Get a link</summary>
    internal static async Task<IResult> GetAsync(
        HttpContext context, string id, LinkStore store, PublicUrls urls, CancellationToken cancellationToken) =>
        Ids.TryParse(id, out var linkId) && await store.FindAsync(context.Caller().WorkspaceId, linkId, cancellationToken) is { } link
            ? ApiResults.Current(context, LinkVersion.TagOf(link), LinkResponse.From(link, urls))
            : LinkErrors.NotFound();

    /// <summary>Change a link</summary>
    /// <remarks>
    /// Absent properties stay unchanged. Redirects use the change within 10 seconds. The whole link can be sent back: read-only
    /// properties must keep their values.
    /// </remarks>
    internal static async Task<IResult> UpdateAsync(
        HttpContext context, string id, LinkStore store, ShortCodeCache codes, PublicUrls urls, TimeProvider time, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var now = time.GetUtcNow();
        var request = UpdateLinkRequest.Read(context.Api().Body, urls, errors);
        if (errors.Any)
        {
            return errors.ToError();
        }

        var (caller, refusal) = (context.Caller(), request.Refusal(context.Caller().Plan));
        if (refusal is not null || !Ids.TryParse(id, out var linkId))
        {
            return refusal ?? LinkErrors.NotFound();
        }

        var (outcome, changed) = await store.UpdateAsync(
            caller.WorkspaceId,
            linkId,
            link => (refusal = request.Refusal(link, urls, caller.Plan)) is null && Allows(context, link),
            link => request.Apply(link, now),
            cancellationToken);
        if (changed is null)
        {
            return refusal ?? LinkErrors.NotChanged(outcome);
        }

        codes.Forget(changed.ShortCode);
        return ApiResults.Ok(context, LinkVersion.TagOf(changed), LinkResponse.From(changed, urls));
    }

    /// <summary>Delete a link</summary>
    /// <remarks>Deletes the link and its analytics permanently. The short code is free again at once.</remarks>
    internal static async Task<IResult> DeleteAsync(
        HttpContext context, string id, LinkStore store, ShortCodeCache codes, CancellationToken cancellationToken)
    {
        if (!Ids.TryParse(id, out var linkId))
        {
            return LinkErrors.NotFound();
        }

        var (outcome, deleted) = await store.DeleteAsync(
            context.Caller().WorkspaceId, linkId, link => Allows(context, link), cancellationToken);
        if (deleted is null)
        {
            return LinkErrors.NotChanged(outcome);
        }

        codes.Forget(deleted.ShortCode);
        return TypedResults.NoContent();
    }

    private static bool Allows(HttpContext context, Link link) => IfMatch.Of(context.Request).Allows(tag => LinkVersion.Is(tag, link));
}
