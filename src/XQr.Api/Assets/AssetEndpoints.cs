using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XQr.Api.Pipeline;
using XQr.Api.Tenancy;

namespace XQr.Api.Assets;

/// <summary>The endpoints for assets.</summary>
internal static class AssetEndpoints
{
    public const string Path = "/api/v1/assets";

    public const string Tag = "Assets";

    public const string Description = "Files that are uploaded directly to storage and can be published.";

    public static void MapAssets(this IEndpointRouteBuilder endpoints)
    {
        var assets = endpoints.MapGroup(Path).WithTag(Tag, Description);
        assets.MapGet("/", ListAsync).RequireScope(Scopes.AssetsRead)
            .AnswersPage<AssetResponse>();
        assets.MapGet("/{id}", GetAsync).RequireScope(Scopes.AssetsRead)
            .Answers<AssetResponse>().Revalidates().MayFail(AssetErrors.NotFound());
        assets.MapPatch("/{id}", UpdateAsync).RequireScope(Scopes.AssetsWrite).TakeJson<UpdateAssetRequest>()
            .AnswersChanged<AssetResponse>().TakesPrecondition("asset").MayFail(AssetErrors.NotFound());
        assets.MapDelete("/{id}", DeleteAsync).RequireScope(Scopes.AssetsWrite)
            .AnswersNothing().TakesPrecondition("asset").MayFail(AssetErrors.NotFound());
    }

    /// <summary>List assets</summary>
    /// <remarks>Newest first.</remarks>
    internal static async Task<IResult> ListAsync(
        HttpContext context, AssetOperations operations, AssetUrls urls, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var page = PageQuery.Read(context.Request.Query, errors);
        if (errors.Any)
        {
            return errors.ToError();
        }

        var (assets, total) = await operations.ListAsync(context.Caller(), page, cancellationToken);
        return ApiResults.List([.. assets.Select(asset => AssetResponse.From(asset, urls))], page with { Total = total });
    }

    /// <summary>Get an asset</summary>
    internal static async Task<IResult> GetAsync(
        HttpContext context, string id, AssetOperations operations, AssetUrls urls, CancellationToken cancellationToken)
    {
        var result = await operations.GetAsync(context.Caller(), id, cancellationToken);
        return result.ToResponse(asset => ApiResults.Current(context, asset.EntityTag, AssetResponse.From(asset, urls)));
    }

    /// <summary>Change an asset</summary>
    /// <remarks>
    /// Absent properties stay unchanged. Downloads of a public asset get its new name, except from caches. The whole asset can be sent
    /// back: read-only properties must keep their values.
    /// </remarks>
    internal static async Task<IResult> UpdateAsync(
        HttpContext context, string id, AssetOperations operations, AssetUrls urls, CancellationToken cancellationToken)
    {
        var ifMatch = IfMatch.Of(context.Request);
        return Respond(context, await operations.UpdateAsync(context.Caller(), id, context.Api().Body, ifMatch, cancellationToken), urls);
    }

    /// <summary>Delete an asset</summary>
    /// <remarks>Deletes the asset, its upload and its public copy permanently. Its bytes no longer count.</remarks>
    internal static async Task<IResult> DeleteAsync(
        HttpContext context, string id, AssetOperations operations, CancellationToken cancellationToken)
    {
        var result = await operations.DeleteAsync(context.Caller(), id, IfMatch.Of(context.Request), cancellationToken);
        return result.ToResponse(_ => TypedResults.NoContent());
    }

    /// <summary>Returns the response for a change: the asset or an error.</summary>
    public static IResult Respond(HttpContext context, OperationResult<Asset> result, AssetUrls urls) =>
        result.ToResponse(asset => ApiResults.Ok(context, asset.EntityTag, AssetResponse.From(asset, urls)));
}
