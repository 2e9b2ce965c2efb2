using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace XQr.Functions;

/// <summary>Defines the HTTP trigger of short links.</summary>
/// <param name="app">The pipeline of the application.</param>
public sealed class RedirectFunctions(XQrPipeline app)
{
    /// <summary>
    /// Handles requests to <c>/{short_code}</c>. The host tries functions in the order of their names, so this one must follow all other paths
    /// of one segment.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <returns>A task that represents the operation.</returns>
    [Function("Redirect")]
    public Task RedirectAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "{short_code}")] HttpRequest request) => app.RunAsync(request);
}
