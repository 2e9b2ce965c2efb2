using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace XQr.Functions;

/// <summary>Defines the HTTP trigger of all other paths, which the application handles too: <c>/</c>, malformed ids and unknown paths.</summary>
/// <param name="app">The pipeline of the application.</param>
public sealed class FallbackFunctions(XQrPipeline app)
{
    /// <summary>Handles requests to any path. The host tries functions in the order of their names, so this one must be the last.</summary>
    /// <param name="request">The request.</param>
    /// <returns>A task that represents the operation.</returns>
    [Function("ZFallback")]
    public Task ZFallbackAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "{*path}")] HttpRequest request) => app.RunAsync(request);
}
