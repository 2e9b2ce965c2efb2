using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace XQr.Functions;

/// <summary>The HTTP triggers of the health checks.</summary>
/// <param name="app">The application.</param>
public sealed class HealthFunctions(XQrPipeline app)
{
    /// <summary><c>/health</c></summary>
    /// <param name="request">The request.</param>
    /// <returns>A task that represents the operation.</returns>
    [Function("Health")]
    public Task HealthAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "health")] HttpRequest request) => app.RunAsync(request);

    /// <summary><c>/health/live</c></summary>
    /// <param name="request">The request.</param>
    /// <returns>A task that represents the operation.</returns>
    [Function("HealthLive")]
    public Task HealthLiveAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "health/live")] HttpRequest request) => app.RunAsync(request);
}
