using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace XQr.Functions;

/// <summary>Defines the HTTP triggers of QR codes and templates.</summary>
/// <param name="app">The pipeline of the application.</param>
public sealed class QrFunctions(XQrPipeline app)
{
    /// <summary>Handles requests to <c>/api/v1/qr/batch</c>.</summary>
    /// <param name="request">The request.</param>
    /// <returns>A task that represents the operation.</returns>
    [Function("QrBatch")]
    public Task QrBatchAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "api/v1/qr/batch")] HttpRequest request) => app.RunAsync(request);

    /// <summary>Handles requests to <c>/api/v1/qr/render</c>.</summary>
    /// <param name="request">The request.</param>
    /// <returns>A task that represents the operation.</returns>
    [Function("QrRender")]
    public Task QrRenderAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "api/v1/qr/render")] HttpRequest request) => app.RunAsync(request);

    /// <summary>Handles requests to <c>/api/v1/qr/templates</c>.</summary>
    /// <param name="request">The request.</param>
    /// <returns>A task that represents the operation.</returns>
    [Function("QrTemplates")]
    public Task QrTemplatesAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "api/v1/qr/templates")] HttpRequest request) =>
        app.RunAsync(request);

    /// <summary>Handles requests to <c>/api/v1/qr/templates/{id}</c>.</summary>
    /// <param name="request">The request.</param>
    /// <returns>A task that represents the operation.</returns>
    [Function("QrTemplate")]
    public Task QrTemplateAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "api/v1/qr/templates/{template_id:guid}")] HttpRequest request) =>
        app.RunAsync(request);

    /// <summary>Handles requests to <c>/api/v1/qr/templates/{id}/render</c>.</summary>
    /// <param name="request">The request.</param>
    /// <returns>A task that represents the operation.</returns>
    [Function("QrTemplateRender")]
    public Task QrTemplateRenderAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "api/v1/qr/templates/{template_id:guid}/render")] HttpRequest request) =>
        app.RunAsync(request);
}
