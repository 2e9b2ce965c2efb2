using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XQr.Api.Pipeline;
using XQr.Api.Workspaces;

namespace XQr.Api.Assets;

/// <summary>What is done with the content of assets.</summary>
internal static class AssetContentEndpoints
{
    private const long Megabyte = 1024 * 1024;

    /// <summary>Storage copies 25 MiB in that time. Where it is down, the calls before fail as soon as ever.</summary>
    private static readonly TimeSpan TimeForCopies = TimeSpan.FromSeconds(30);

    public static void MapAssetContent(this IEndpointRouteBuilder endpoints)
    {
        var assets = endpoints.MapGroup(AssetEndpoints.Path).WithTag(AssetEndpoints.Tag, AssetEndpoints.Description);
        assets.MapPost("/presign", PresignAsync).RequireScope(Scopes.AssetsWrite).TakeQuery<PresignRequest>(new("content_type", AssetFields.TypeFault)).Idempotent()
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

    /// <summary>Begin an upload</summary>
    /// <remarks>Makes a pending asset. Send its content to <c>upload_url</c> with the method and headers of the answer, then confirm it. Its bytes count at once; an asset that is pending for a day is removed.</remarks>
    internal static async Task<IResult> PresignAsync(HttpContext context, AssetUploads uploads, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var request = PresignRequest.Read(context.Request.Query, errors);
        if (errors.Any)
        {
            return errors.ToError();
        }

        var caller = context.Caller();
        var asset = request.ToAsset(caller.WorkspaceId, context.Operation());
        var (outcome, url) = await uploads.BeginAsync(asset, caller.Plan.StorageMb * Megabyte, cancellationToken);
        return url is not null ? ApiResults.Ok(PresignResponse.From(asset, url))
            : outcome == AssetOutcome.OverLimit ? AssetErrors.OverLimit(caller.Plan)
            : AssetErrors.NotDone(new(outcome));
    }

    /// <summary>Confirm an upload</summary>
    /// <remarks>What was uploaded must be of the declared size and begin as the declared type does. From then on it can't be written over.</remarks>
    internal static Task<IResult> ConfirmAsync(
        HttpContext context, string id, AssetUploads uploads, AssetUrls urls, CancellationToken cancellationToken) =>
        ChangeAsync(context, id, urls, (workspaceId, assetId) => uploads.ConfirmAsync(workspaceId, assetId, cancellationToken));

    /// <summary>Confirm an upload, by another path</summary>
    /// <remarks>The same as <c>/api/v1/assets/{id}/confirm</c>.</remarks>
    internal static Task<IResult> ConfirmPresignedAsync(
        HttpContext context, string id, AssetUploads uploads, AssetUrls urls, CancellationToken cancellationToken) =>
        ConfirmAsync(context, id, uploads, urls, cancellationToken);

    /// <summary>Publish an asset</summary>
    /// <remarks>Copies it to where anybody may read it who knows the address. An SVG image is made harmless first; <c>removed</c> tells what was left out.</remarks>
    internal static Task<IResult> PublishAsync(
        HttpContext context, string id, AssetPublisher publisher, AssetUrls urls, CancellationToken cancellationToken) =>
        ChangeAsync(context, id, urls, (workspaceId, assetId) => publisher.PublishAsync(workspaceId, assetId, cancellationToken));

    /// <summary>Unpublish an asset</summary>
    /// <remarks>Removes the public copy: its address leads to nothing any more, and isn't used again.</remarks>
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
