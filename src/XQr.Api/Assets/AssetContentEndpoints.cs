using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XQr.Api.Pipeline;
using XQr.Api.Primitives;
using XQr.Api.Tenancy;

namespace XQr.Api.Assets;

/// <summary>The endpoints for the content of assets.</summary>
internal static class AssetContentEndpoints
{
    private const long Megabyte = 1024 * 1024;

    /// <summary>The timeout of requests that copy: storage copies 25 MiB in that time. Other storage calls keep their own timeouts.</summary>
    private static readonly TimeSpan TimeForCopies = TimeSpan.FromSeconds(30);

    public static void MapAssetContent(this IEndpointRouteBuilder endpoints)
    {
        var assets = endpoints.MapGroup(AssetEndpoints.Path).WithTag(AssetEndpoints.Tag, AssetEndpoints.Description);
        assets.MapPost("/presign", PresignAsync).RequireScope(Scopes.AssetsWrite).TakeQuery<PresignRequest>(new("content_type", AssetFields.TypeRule)).Idempotent()
            .Answers<PresignResponse>().MayFail(ApiErrors.PlanLimitExceeded("50 MB of assets"));
        assets.RejectOtherMethods("/presign", HttpMethods.Post);
        assets.MapPost("/{id}/confirm", ConfirmAsync).RequireScope(Scopes.AssetsWrite)
            .AnswersChanged<AssetResponse>().MayFail(AssetErrors.NotFound(), AssetErrors.NotUploaded());
        assets.MapPost("/presign/{id}/confirm", ConfirmPresignedAsync).RequireScope(Scopes.AssetsWrite)
            .AnswersChanged<AssetResponse>().MayFail(AssetErrors.NotFound(), AssetErrors.NotUploaded());
        assets.MapPost("/{id}/publish", PublishAsync).RequireScope(Scopes.AssetsWrite)
            .AnswersChanged<AssetResponse>().MayFail(AssetErrors.NotFound(), AssetErrors.NotConfirmed());
        assets.MapPost("/{id}/unpublish", UnpublishAsync).RequireScope(Scopes.AssetsWrite)
            .AnswersChanged<AssetResponse>().MayFail(AssetErrors.NotFound());
    }

    /// <summary>Start an upload</summary>
    /// <remarks>
    /// Creates a pending asset. Send its content to <c>upload_url</c> with the method and headers of the response, then confirm the
    /// upload. The bytes count at once; an asset that stays pending for a day is deleted.
    /// </remarks>
    internal static async Task<IResult> PresignAsync(HttpContext context, AssetUploads uploads, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var request = PresignRequest.Read(context.Request.Query, errors);
        if (errors.Any)
        {
            return errors.ToError();
        }

        var caller = context.Caller();
        var asset = request.ToAsset(caller.WorkspaceId, context.CreationSeed());
        var (outcome, url) = await uploads.BeginAsync(asset, caller.Plan.StorageMb * Megabyte, cancellationToken);
        return url is not null ? ApiResults.Ok(PresignResponse.From(asset, url))
            : outcome == AssetOutcome.OverLimit ? AssetErrors.OverLimit(caller.Plan)
            : AssetErrors.NotDone(new(outcome));
    }

    /// <summary>Confirm an upload</summary>
    /// <remarks>
    /// Checks that the upload has the declared size and the first bytes of the declared type. A confirmed upload cannot be overwritten.
    /// </remarks>
    internal static Task<IResult> ConfirmAsync(
        HttpContext context, string id, AssetUploads uploads, AssetUrls urls, CancellationToken cancellationToken) =>
        ChangeAsync(context, id, urls, (workspaceId, assetId) => uploads.ConfirmAsync(workspaceId, assetId, cancellationToken));

    /// <summary>Confirm an upload, by another path</summary>
    /// <remarks>Does the same as <c>/api/v1/assets/{id}/confirm</c>.</remarks>
    internal static Task<IResult> ConfirmPresignedAsync(
        HttpContext context, string id, AssetUploads uploads, AssetUrls urls, CancellationToken cancellationToken) =>
        ConfirmAsync(context, id, uploads, urls, cancellationToken);

    /// <summary>Publish an asset</summary>
    /// <remarks>
    /// Copies the asset to a public URL, where anybody who knows the URL can read it. Unsafe parts of an SVG image are removed first and
    /// listed in <c>removed</c>.
    /// </remarks>
    internal static Task<IResult> PublishAsync(
        HttpContext context, string id, AssetPublisher publisher, AssetUrls urls, CancellationToken cancellationToken) =>
        ChangeAsync(context, id, urls, (workspaceId, assetId) => publisher.PublishAsync(workspaceId, assetId, cancellationToken));

    /// <summary>Unpublish an asset</summary>
    /// <remarks>Deletes the public copy. Its URL stops working and is never used again.</remarks>
    internal static Task<IResult> UnpublishAsync(
        HttpContext context, string id, AssetPublisher publisher, AssetUrls urls, CancellationToken cancellationToken) =>
        ChangeAsync(context, id, urls, (workspaceId, assetId) => publisher.UnpublishAsync(workspaceId, assetId, cancellationToken));

    private static async Task<IResult> ChangeAsync(HttpContext context, string id, AssetUrls urls, Func<string, Guid, Task<AssetChange>> change)
    {
        if (!Ids.TryParse(id, out var assetId))
        {
            return AssetErrors.NotFound();
        }

        context.Api().Deadline?.CancelAfter(TimeForCopies);
        return AssetEndpoints.Answer(context, await change(context.Caller().WorkspaceId, assetId), urls);
    }
}
