using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace XQr.Functions;

/// <summary>Defines the HTTP trigger of the dashboard.</summary>
/// <param name="app">The pipeline of the application.</param>
public sealed class DashboardFunctions(XQrPipeline app)
{
    /// <summary>Handles requests to <c>/dashboard</c> and all paths below it.</summary>
    /// <param name="request">The request.</param>
    /// <returns>A task that represents the operation.</returns>
    [Function("Dashboard")]
    public Task DashboardAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "dashboard/{*path}")] HttpRequest request) => app.RunAsync(request);
}
