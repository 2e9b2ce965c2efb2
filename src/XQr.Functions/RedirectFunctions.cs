using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace XQr.Functions;

/// <summary>The HTTP trigger of short links.</summary>
/// <param name="app">The application.</param>
public sealed class RedirectFunctions(XQrPipeline app)
{
    /// <summary>
    /// <c>/{short_code}</c>, which the host must try after all other names at the root: it tries functions in the order of their names.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <returns>A task that represents the operation.</returns>
    [Function("Redirect")]
    public Task RedirectAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "{short_code}")] HttpRequest request) => app.RunAsync(request);
}
