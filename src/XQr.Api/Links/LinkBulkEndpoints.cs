using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XQr.Api.Pipeline;
using XQr.Api.Tenancy;
using XQr.Api.Urls;

namespace XQr.Api.Links;

internal static class LinkBulkEndpoints
{
    private const int Parallelism = 32;

    public static void MapLinkBulk(this IEndpointRouteBuilder endpoints)
    {
        var bulk = endpoints.MapGroup("/api/v1/links/bulk").WithTag("Links", LinkEndpoints.Description);
        bulk.MapPost("/", CreateManyAsync).RequireScope(Scopes.LinksWrite).RequireFeature(PlanFeature.BulkOps).TakeJson<BulkCreateRequest>().Idempotent()
            .Answers<BulkCreateResponse>(StatusCodes.Status201Created, "The result of each link, even if none was created.");
        bulk.MapPatch("/status", SwitchManyAsync).RequireScope(Scopes.LinksWrite).RequireFeature(PlanFeature.BulkOps).TakeJson<BulkStatusRequest>()
            .Answers<BulkStatusResponse>();
        bulk.RejectOtherMethods("/", HttpMethods.Post);
    }

    /// <summary>Create many links</summary>
    /// <remarks>Creates each link independently: an error in one link does not affect the others. The request counts as one call.</remarks>
    internal static async Task<IResult> CreateManyAsync(
        HttpContext context, LinkBulkCreation creation, PublicUrls urls, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var items = BulkCreateRequest.ReadItems(context.Api().Body, errors);
        if (errors.Any)
        {
            return errors.ToError();
        }

        var results = await creation.RunAsync(context.Caller(), items, context.CreationSeed(), cancellationToken);
        return ApiResults.Created(new BulkCreateResponse(
            [.. results.Where(result => result.Link is not null).Select(result => LinkResponse.From(result.Link!, urls))],
            [.. results.Index().Where(entry => entry.Item.Error is not null).Select(entry => BulkError.From(entry.Index, entry.Item.Error!))]));
    }

    /// <summary>Enable or disable many links</summary>
    internal static async Task<IResult> SwitchManyAsync(
        HttpContext context, LinkStore store, ShortCodeCache codes, TimeProvider time, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var request = BulkStatusRequest.Read(context.Api().Body, errors);
        if (errors.Any)
        {
            return errors.ToError();
        }

        var (workspaceId, now, updated) = (context.Caller().WorkspaceId, time.GetUtcNow(), 0);
        await Parallel.ForEachAsync(
            request.Ids,
            new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken },
            async (id, token) =>
            {
                var (_, link) = await store.UpdateAsync(workspaceId, id, _ => true, link => link.SwitchTo(request.Enabled, now), token);
                if (link is not null)
                {
                    codes.Forget(link.ShortCode);
                    Interlocked.Increment(ref updated);
                }
            });
        return ApiResults.Ok(new BulkStatusResponse(updated));
    }
}
