using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace XQr.Functions;

/// <summary>Defines the HTTP triggers for signed-in members. The ids are not GUIDs, so any text matches.</summary>
/// <param name="app">The pipeline of the application.</param>
public sealed class DeveloperFunctions(XQrPipeline app)
{
    /// <summary>Handles requests to <c>/api/developer/me</c>.</summary>
    /// <param name="request">The request.</param>
    /// <returns>A task that represents the operation.</returns>
    [Function("DeveloperMe")]
    public Task MeAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "api/developer/me")] HttpRequest request) => app.RunAsync(request);

    /// <summary>Handles requests to <c>/api/developer/workspace</c>.</summary>
    /// <param name="request">The request.</param>
    /// <returns>A task that represents the operation.</returns>
    [Function("DeveloperWorkspace")]
    public Task WorkspaceAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "api/developer/workspace")] HttpRequest request) =>
        app.RunAsync(request);

    /// <summary>Handles requests to <c>/api/developer/workspaces</c>.</summary>
    /// <param name="request">The request.</param>
    /// <returns>A task that represents the operation.</returns>
    [Function("DeveloperWorkspaces")]
    public Task WorkspacesAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "api/developer/workspaces")] HttpRequest request) =>
        app.RunAsync(request);

    /// <summary>Handles requests to <c>/api/developer/audit</c>.</summary>
    /// <param name="request">The request.</param>
    /// <returns>A task that represents the operation.</returns>
    [Function("DeveloperAudit")]
    public Task AuditAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "api/developer/audit")] HttpRequest request) => app.RunAsync(request);

    /// <summary>Handles requests to <c>/api/developer/keys</c>.</summary>
    /// <param name="request">The request.</param>
    /// <returns>A task that represents the operation.</returns>
    [Function("DeveloperKeys")]
    public Task KeysAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "api/developer/keys")] HttpRequest request) => app.RunAsync(request);

    /// <summary>Handles requests to <c>/api/developer/keys/{id}</c>.</summary>
    /// <param name="request">The request.</param>
    /// <returns>A task that represents the operation.</returns>
    [Function("DeveloperKey")]
    public Task KeyAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "api/developer/keys/{key_id}")] HttpRequest request) =>
        app.RunAsync(request);

    /// <summary>Handles requests to <c>/api/developer/keys/{id}/rotate</c>.</summary>
    /// <param name="request">The request.</param>
    /// <returns>A task that represents the operation.</returns>
    [Function("DeveloperKeyRotate")]
    public Task KeyRotateAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "api/developer/keys/{key_id}/rotate")] HttpRequest request) =>
        app.RunAsync(request);

    /// <summary>Handles requests to <c>/api/developer/members</c>.</summary>
    /// <param name="request">The request.</param>
    /// <returns>A task that represents the operation.</returns>
    [Function("DeveloperMembers")]
    public Task MembersAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "api/developer/members")] HttpRequest request) =>
        app.RunAsync(request);

    /// <summary>Handles requests to <c>/api/developer/members/{id}</c>.</summary>
    /// <param name="request">The request.</param>
    /// <returns>A task that represents the operation.</returns>
    [Function("DeveloperMember")]
    public Task MemberAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "api/developer/members/{member_id}")] HttpRequest request) =>
        app.RunAsync(request);
}
