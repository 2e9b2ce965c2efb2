using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace XQr.Functions;

/// <summary>Trigger of the short links.</summary>
/// <param name="app">The application.</param>
public sealed class RedirectFunctions(XQrPipeline app)
{
    /// <summary><c>/{short_code}</c>, which the host must try after every name at the root: its order is that of the functions' names.</summary>
    /// <param name="request">The request.</param>
    /// <returns>A task that ends with the answer.</returns>
    [Function("Redirect")]
    public Task RedirectAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "{short_code}")] HttpRequest request) => app.RunAsync(request);
}
