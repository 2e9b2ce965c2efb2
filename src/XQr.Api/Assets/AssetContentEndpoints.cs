using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XQr.Api.Pipeline;
using XQr.Api.Tenancy;

namespace XQr.Api.Assets;

/// <summary>The endpoints for the content of assets.</summary>
internal static class AssetContentEndpoints
{
    /// <summary>The timeout of requests that copy: storage copies 25 MiB in that time. Other storage calls keep their own timeouts.</summary>
    private static readonly TimeSpan CopyTimeout = TimeSpan.FromSeconds(30);

    public static void MapAssetContent(this IEndpointRouteBuilder endpoints)
    {
        var assets = endpoints.MapGroup(AssetEndpoints.Path).WithTag(AssetEndpoints.Tag, AssetEndpoints.Description);
        assets.MapPost("/presign", PresignAsync).RequireScope(Scopes.AssetsWrite)
            .TakeQuery<PresignRequest>(new("content_type", AssetFields.TypeRule)).Idempotent()
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
    internal static async Task<IResult> PresignAsync(HttpContext context, AssetOperations operations, CancellationToken cancellationToken)
    {
        var result = await operations.PresignAsync(context.Caller(), context.Request.Query, context.CreationSeed(), cancellationToken);
        return result.ToResponse(upload => ApiResults.Ok(PresignResponse.From(upload)));
    }

    /// <summary>Confirm an upload</summary>
    /// <remarks>
    /// Checks that the upload has the declared size and the first bytes of the declared type. A confirmed upload cannot be overwritten.
    /// </remarks>
    internal static async Task<IResult> ConfirmAsync(
        HttpContext context, string id, AssetOperations operations, AssetUrls urls, CancellationToken cancellationToken)
    {
        ExtendDeadline(context);
        return AssetEndpoints.Respond(context, await operations.ConfirmAsync(context.Caller(), id, cancellationToken), urls);
    }

    /// <summary>Confirm an upload, by another path</summary>
    /// <remarks>Does the same as <c>/api/v1/assets/{id}/confirm</c>.</remarks>
    internal static Task<IResult> ConfirmPresignedAsync(
        HttpContext context, string id, AssetOperations operations, AssetUrls urls, CancellationToken cancellationToken) =>
        ConfirmAsync(context, id, operations, urls, cancellationToken);

    /// <summary>Publish an asset</summary>
    /// <remarks>
    /// Copies the asset to a public URL, where anybody who knows the URL can read it. Unsafe parts of an SVG image are removed first and
    /// listed in <c>removed</c>.
    /// </remarks>
    internal static async Task<IResult> PublishAsync(
        HttpContext context, string id, AssetOperations operations, AssetUrls urls, CancellationToken cancellationToken)
    {
        ExtendDeadline(context);
        return AssetEndpoints.Respond(context, await operations.PublishAsync(context.Caller(), id, cancellationToken), urls);
    }

    /// <summary>Unpublish an asset</summary>
    /// <remarks>Deletes the public copy. Its URL stops working and is never used again.</remarks>
    internal static async Task<IResult> UnpublishAsync(
        HttpContext context, string id, AssetOperations operations, AssetUrls urls, CancellationToken cancellationToken)
    {
        ExtendDeadline(context);
        return AssetEndpoints.Respond(context, await operations.UnpublishAsync(context.Caller(), id, cancellationToken), urls);
    }

    private static void ExtendDeadline(HttpContext context) => context.Api().Deadline?.CancelAfter(CopyTimeout);
}
