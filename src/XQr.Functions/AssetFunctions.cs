using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace XQr.Functions;

/// <summary>Defines the HTTP triggers of assets.</summary>
/// <param name="app">The pipeline of the application.</param>
public sealed class AssetFunctions(XQrPipeline app)
{
    /// <summary>Handles requests to <c>/api/v1/assets</c>.</summary>
    /// <param name="request">The request.</param>
    /// <returns>A task that represents the operation.</returns>
    [Function("Assets")]
    public Task AssetsAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "api/v1/assets")] HttpRequest request) => app.RunAsync(request);

    /// <summary>Handles requests to <c>/api/v1/assets/{id}</c>.</summary>
    /// <param name="request">The request.</param>
    /// <returns>A task that represents the operation.</returns>
    [Function("Asset")]
    public Task AssetAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "api/v1/assets/{asset_id:guid}")] HttpRequest request) =>
        app.RunAsync(request);

    /// <summary>Handles requests to <c>/api/v1/assets/{id}/confirm</c>.</summary>
    /// <param name="request">The request.</param>
    /// <returns>A task that represents the operation.</returns>
    [Function("AssetConfirm")]
    public Task AssetConfirmAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "api/v1/assets/{asset_id:guid}/confirm")] HttpRequest request) =>
        app.RunAsync(request);

    /// <summary>Handles requests to <c>/api/v1/assets/{id}/publish</c>.</summary>
    /// <param name="request">The request.</param>
    /// <returns>A task that represents the operation.</returns>
    [Function("AssetPublish")]
    public Task AssetPublishAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "api/v1/assets/{asset_id:guid}/publish")] HttpRequest request) =>
        app.RunAsync(request);

    /// <summary>Handles requests to <c>/api/v1/assets/{id}/unpublish</c>.</summary>
    /// <param name="request">The request.</param>
    /// <returns>A task that represents the operation.</returns>
    [Function("AssetUnpublish")]
    public Task AssetUnpublishAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "api/v1/assets/{asset_id:guid}/unpublish")] HttpRequest request) =>
        app.RunAsync(request);

    /// <summary>Handles requests to <c>/api/v1/assets/presign</c>.</summary>
    /// <param name="request">The request.</param>
    /// <returns>A task that represents the operation.</returns>
    [Function("AssetsPresign")]
    public Task AssetsPresignAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "api/v1/assets/presign")] HttpRequest request) =>
        app.RunAsync(request);

    /// <summary>Handles requests to <c>/api/v1/assets/presign/{id}/confirm</c>.</summary>
    /// <param name="request">The request.</param>
    /// <returns>A task that represents the operation.</returns>
    [Function("AssetsPresignConfirm")]
    public Task AssetsPresignConfirmAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "api/v1/assets/presign/{asset_id:guid}/confirm")] HttpRequest request) =>
        app.RunAsync(request);
}
