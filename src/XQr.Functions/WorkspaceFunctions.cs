using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace XQr.Functions;

/// <summary>Defines the HTTP triggers of the workspace.</summary>
/// <param name="app">The pipeline of the application.</param>
public sealed class WorkspaceFunctions(XQrPipeline app)
{
    /// <summary>Handles requests to <c>/api/v1/workspace</c>.</summary>
    /// <param name="request">The request.</param>
    /// <returns>A task that represents the operation.</returns>
    [Function("Workspace")]
    public Task WorkspaceAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "api/v1/workspace")] HttpRequest request) => app.RunAsync(request);

    /// <summary>Handles requests to <c>/api/v1/workspace/usage</c>.</summary>
    /// <param name="request">The request.</param>
    /// <returns>A task that represents the operation.</returns>
    [Function("WorkspaceUsage")]
    public Task UsageAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "api/v1/workspace/usage")] HttpRequest request) =>
        app.RunAsync(request);

    /// <summary>Handles requests to <c>/api/v1/workspace/members</c>.</summary>
    /// <param name="request">The request.</param>
    /// <returns>A task that represents the operation.</returns>
    [Function("WorkspaceMembers")]
    public Task MembersAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "api/v1/workspace/members")] HttpRequest request) =>
        app.RunAsync(request);
}
