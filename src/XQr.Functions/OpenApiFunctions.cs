using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace XQr.Functions;

/// <summary>Defines the HTTP triggers of the API description. The fallback serves the files of its page.</summary>
/// <param name="app">The pipeline of the application.</param>
public sealed class OpenApiFunctions(XQrPipeline app)
{
    /// <summary>Handles requests to <c>/openapi/v1.json</c>.</summary>
    /// <param name="request">The request.</param>
    /// <returns>A task that represents the operation.</returns>
    [Function("OpenApi")]
    public Task OpenApiAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "openapi/v1.json")] HttpRequest request) => app.RunAsync(request);

    /// <summary>Handles requests to <c>/docs</c>.</summary>
    /// <param name="request">The request.</param>
    /// <returns>A task that represents the operation.</returns>
    [Function("Docs")]
    public Task DocsAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "docs")] HttpRequest request) => app.RunAsync(request);
}
