using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XQr.Api.Pipeline;
using XQr.Api.Primitives;
using XQr.Api.Tenancy;

namespace XQr.Api.Assets;

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
    internal static async Task<IResult> ListAsync(HttpContext context, AssetStore store, AssetUrls urls, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var page = PageQuery.Read(context.Request.Query, errors);
        if (errors.Any)
        {
            return errors.ToError();
        }

        var (assets, total) = await store.ListAsync(context.Caller().WorkspaceId, page, cancellationToken);
        return ApiResults.List([.. assets.Select(asset => AssetResponse.From(asset, urls))], page with { Total = total });
    }

    /// <summary>Get an asset</summary>
    internal static async Task<IResult> GetAsync(
        HttpContext context, string id, AssetStore store, AssetUrls urls, CancellationToken cancellationToken) =>
        Ids.TryParse(id, out var assetId) && await store.FindAsync(context.Caller().WorkspaceId, assetId, cancellationToken) is { } asset
            ? ApiResults.Current(context, AssetVersion.TagOf(asset), AssetResponse.From(asset, urls))
            : AssetErrors.NotFound();

    /// <summary>Change an asset</summary>
    /// <remarks>
    /// Absent properties stay unchanged. Downloads of a public asset get its new name, except from caches. The whole asset can be sent
    /// back: read-only properties must keep their values.
    /// </remarks>
    internal static async Task<IResult> UpdateAsync(
        HttpContext context, string id, AssetStore store, AssetBlobs blobs, AssetUrls urls, TimeProvider time, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var request = UpdateAssetRequest.Read(context.Api().Body, errors);
        if (errors.Any)
        {
            return errors.ToError();
        }

        if (!Ids.TryParse(id, out var assetId))
        {
            return AssetErrors.NotFound();
        }

        var (now, refusal) = (time.GetUtcNow(), (ApiError?)null);
        var change = await store.UpdateAsync(
            context.Caller().WorkspaceId,
            assetId,
            asset => (refusal = request.ReadOnly.Validate(AssetResponse.From(asset, urls), AssetJson.Api.AssetResponse)) is null && Allows(context, asset),
            asset => request.Apply(asset, now),
            cancellationToken);
        if (refusal is not null)
        {
            return refusal;
        }

        if (change is { Outcome: AssetOutcome.Done, Asset: { IsPublic: true } changed } && request.Filename is not null)
        {
            await blobs.RenamePublicAsync(changed, cancellationToken);
        }

        return Answer(context, change, urls);
    }

    /// <summary>Delete an asset</summary>
    /// <remarks>Deletes the asset, its upload and its public copy permanently. Its bytes no longer count.</remarks>
    internal static async Task<IResult> DeleteAsync(HttpContext context, string id, AssetDeletion deletion, CancellationToken cancellationToken)
    {
        if (!Ids.TryParse(id, out var assetId))
        {
            return AssetErrors.NotFound();
        }

        var change = await deletion.DeleteAsync(context.Caller().WorkspaceId, assetId, asset => Allows(context, asset), cancellationToken);
        return change.Outcome == AssetOutcome.Done ? TypedResults.NoContent() : AssetErrors.NotDone(change);
    }

    /// <summary>Returns the response for a change: the asset or an error.</summary>
    public static IResult Answer(HttpContext context, AssetChange change, AssetUrls urls) => change is { Outcome: AssetOutcome.Done, Asset: { } asset }
        ? ApiResults.Ok(context, AssetVersion.TagOf(asset), AssetResponse.From(asset, urls))
        : AssetErrors.NotDone(change);

    private static bool Allows(HttpContext context, Asset asset) => IfMatch.Of(context.Request).Allows(tag => AssetVersion.Is(tag, asset));
}
