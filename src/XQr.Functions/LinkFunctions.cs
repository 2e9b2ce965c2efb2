using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace XQr.Functions;

/// <summary>Defines the HTTP triggers of links. A malformed id is not a GUID, so the fallback passes it to the same pipeline.</summary>
/// <param name="app">The pipeline of the application.</param>
public sealed class LinkFunctions(XQrPipeline app)
{
    /// <summary>Handles requests to <c>/api/v1/links</c>.</summary>
    /// <param name="request">The request.</param>
    /// <returns>A task that represents the operation.</returns>
    [Function("Links")]
    public Task LinksAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "api/v1/links")] HttpRequest request) => app.RunAsync(request);

    /// <summary>Handles requests to <c>/api/v1/links/{id}</c>.</summary>
    /// <param name="request">The request.</param>
    /// <returns>A task that represents the operation.</returns>
    [Function("Link")]
    public Task LinkAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "api/v1/links/{link_id:guid}")] HttpRequest request) =>
        app.RunAsync(request);

    /// <summary>Handles requests to <c>/api/v1/links/{id}/qr</c>.</summary>
    /// <param name="request">The request.</param>
    /// <returns>A task that represents the operation.</returns>
    [Function("LinkQr")]
    public Task LinkQrAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "api/v1/links/{link_id:guid}/qr")] HttpRequest request) =>
        app.RunAsync(request);

    /// <summary>Handles requests to <c>/api/v1/links/{id}/changes</c>.</summary>
    /// <param name="request">The request.</param>
    /// <returns>A task that represents the operation.</returns>
    [Function("LinkChanges")]
    public Task LinkChangesAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "api/v1/links/{link_id:guid}/changes")] HttpRequest request) =>
        app.RunAsync(request);

    /// <summary>Handles requests to <c>/api/v1/links/bulk</c>.</summary>
    /// <param name="request">The request.</param>
    /// <returns>A task that represents the operation.</returns>
    [Function("LinksBulk")]
    public Task LinksBulkAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "api/v1/links/bulk")] HttpRequest request) => app.RunAsync(request);

    /// <summary>Handles requests to <c>/api/v1/links/bulk/status</c>.</summary>
    /// <param name="request">The request.</param>
    /// <returns>A task that represents the operation.</returns>
    [Function("LinksBulkStatus")]
    public Task LinksBulkStatusAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "api/v1/links/bulk/status")] HttpRequest request) =>
        app.RunAsync(request);

    /// <summary>Handles requests to <c>/api/v1/links/bulk/delete</c>.</summary>
    /// <param name="request">The request.</param>
    /// <returns>A task that represents the operation.</returns>
    [Function("LinksBulkDelete")]
    public Task LinksBulkDeleteAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "api/v1/links/bulk/delete")] HttpRequest request) =>
        app.RunAsync(request);
}
