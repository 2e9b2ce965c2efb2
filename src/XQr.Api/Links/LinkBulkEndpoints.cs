using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XQr.Api.Pipeline;
using XQr.Api.Tenancy;
using XQr.Api.Urls;

namespace XQr.Api.Links;

/// <summary>The routes of many links at once.</summary>
internal static class LinkBulkEndpoints
{
    public static void MapLinkBulk(this IEndpointRouteBuilder endpoints)
    {
        var bulk = endpoints.MapGroup("/api/v1/links/bulk").WithTag("Links", LinkEndpoints.Description);
        bulk.MapPost("/", CreateManyAsync).RequireScope(Scopes.LinksWrite).RequireFeature(PlanFeature.BulkOps)
            .TakeJson<BulkCreateRequest>().Idempotent()
            .Answers<BulkCreateResponse>(StatusCodes.Status201Created, "The result of each link, even if none was created.");
        bulk.MapPatch("/status", SwitchManyAsync).RequireScope(Scopes.LinksWrite).RequireFeature(PlanFeature.BulkOps)
            .TakeJson<BulkStatusRequest>().Answers<BulkStatusResponse>();
        bulk.MapPatch("/", UpdateManyAsync).RequireScope(Scopes.LinksWrite).RequireFeature(PlanFeature.BulkOps)
            .TakeJson<BulkUpdateRequest>().Answers<BulkUpdateResponse>(
                StatusCodes.Status200OK, "The result of each link, even if none was changed.");
        bulk.MapPost("/delete", DeleteManyAsync).RequireScope(Scopes.LinksWrite).RequireFeature(PlanFeature.BulkOps)
            .TakeJson<BulkDeleteRequest>().Idempotent().Answers<BulkDeleteResponse>();
        bulk.RejectOtherMethods("/", HttpMethods.Post, HttpMethods.Patch);
    }

    /// <summary>Create many links</summary>
    /// <remarks>Creates each link independently: an error in one link does not affect the others. The request counts as one call.</remarks>
    internal static async Task<IResult> CreateManyAsync(
        HttpContext context, LinkBulkOperations operations, PublicUrls urls, CancellationToken cancellationToken)
    {
        var created = await operations.CreateAsync(context.Caller(), context.Api().Body, context.CreationSeed(), cancellationToken);
        return created.ToResponse(results => ApiResults.Created(BulkCreateResponse.From(results, urls)));
    }

    /// <summary>Enable or disable many links</summary>
    internal static async Task<IResult> SwitchManyAsync(HttpContext context, LinkBulkOperations operations, CancellationToken cancellationToken)
    {
        var updated = await operations.SetEnabledAsync(context.Caller(), context.Api().Body, cancellationToken);
        return updated.ToResponse(count => ApiResults.Ok(new BulkStatusResponse(count)));
    }

    /// <summary>Change many links</summary>
    /// <remarks>Changes each link independently: an error in one link does not affect the others. The request counts as one call.</remarks>
    internal static async Task<IResult> UpdateManyAsync(HttpContext context, LinkBulkOperations operations, CancellationToken cancellationToken)
    {
        var changes = await operations.UpdateAsync(context.Caller(), context.Api().Body, cancellationToken);
        return changes.ToResponse(results => ApiResults.Ok(BulkUpdateResponse.From(results)));
    }

    /// <summary>Delete many links</summary>
    /// <remarks>Deletes the links and their analytics permanently. The short codes are free again at once.</remarks>
    internal static async Task<IResult> DeleteManyAsync(HttpContext context, LinkBulkOperations operations, CancellationToken cancellationToken)
    {
        var deleted = await operations.DeleteAsync(context.Caller(), context.Api().Body, cancellationToken);
        return deleted.ToResponse(count => ApiResults.Ok(new BulkDeleteResponse(count)));
    }
}
