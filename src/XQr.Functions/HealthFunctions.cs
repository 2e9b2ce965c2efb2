using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace XQr.Functions;

/// <summary>Defines the HTTP triggers of the health checks.</summary>
/// <param name="app">The pipeline of the application.</param>
public sealed class HealthFunctions(XQrPipeline app)
{
    /// <summary>Handles requests to <c>/health</c>.</summary>
    /// <param name="request">The request.</param>
    /// <returns>A task that represents the operation.</returns>
    [Function("Health")]
    public Task HealthAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "health")] HttpRequest request) => app.RunAsync(request);

    /// <summary>Handles requests to <c>/health/live</c>.</summary>
    /// <param name="request">The request.</param>
    /// <returns>A task that represents the operation.</returns>
    [Function("HealthLive")]
    public Task HealthLiveAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "health/live")] HttpRequest request) => app.RunAsync(request);
}
