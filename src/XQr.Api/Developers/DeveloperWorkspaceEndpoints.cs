using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XQr.Api.Pipeline;
using XQr.Api.Tenancy;
using XQr.Api.Workspaces;

namespace XQr.Api.Developers;

/// <summary>Maps the endpoints with which members manage a workspace, and people create one.</summary>
internal static class DeveloperWorkspaceEndpoints
{
    private const string Path = "/api/developer/workspace";

    public static void MapDeveloperWorkspaces(this IEndpointRouteBuilder endpoints)
    {
        var developer = endpoints.MapGroup("/api/developer").WithTag("Account", AccountEndpoints.Description);
        developer.MapGet("/workspace", GetWorkspaceAsync).RequireRole(Role.Member).Answers<WorkspaceResponse>().Revalidates();
        developer.MapPatch("/workspace", UpdateWorkspaceAsync).RequireRole(Role.Admin).TakeJson<UpdateWorkspaceRequest>()
            .AnswersChanged<WorkspaceResponse>().TakesPrecondition("workspace");
        developer.MapPost("/workspaces", CreateWorkspaceAsync).RequireSignIn().TakeJson<CreateWorkspaceRequest>()
            .AnswersCreated<WorkspaceResponse>()
            .MayFail(DeveloperErrors.CreationNotAllowed(), DeveloperErrors.VerifiedEmailNeeded(), WorkspaceOperations.TooMany());
    }

    /// <summary>Get a workspace</summary>
    internal static async Task<IResult> GetWorkspaceAsync(
        HttpContext context, WorkspaceOperations operations, CancellationToken cancellationToken)
    {
        var result = await operations.GetAsync(context.Member().WorkspaceId, cancellationToken);
        return result.ToResponse(workspace =>
        {
            var response = WorkspaceResponse.From(workspace);
            return ApiResults.Current(context, response.Version(), response);
        });
    }

    /// <summary>Change a workspace</summary>
    /// <remarks>
    /// Responses to API keys show the change within 10 seconds. The whole workspace can be sent back: read-only properties must keep their
    /// values.
    /// </remarks>
    internal static async Task<IResult> UpdateWorkspaceAsync(
        HttpContext context, WorkspaceOperations operations, CancellationToken cancellationToken)
    {
        var result = await operations.UpdateAsync(
            Principal.Of(context.Member()), context.Api().Body, IfMatch.Of(context.Request), cancellationToken);
        return result.ToResponse(workspace =>
        {
            var response = WorkspaceResponse.From(workspace);
            return ApiResults.Ok(context, response.Version(), response);
        });
    }

    /// <summary>Create a workspace</summary>
    /// <remarks>
    /// The signed-in person becomes the owner. The service must allow it, and a person may create at most 10 workspaces.
    /// </remarks>
    internal static async Task<IResult> CreateWorkspaceAsync(
        HttpContext context, AccountOperations operations, CancellationToken cancellationToken)
    {
        var result = await operations.CreateWorkspaceAsync(context.Person(), context.Api().Body, cancellationToken);
        return result.ToResponse(workspace =>
        {
            var response = WorkspaceResponse.From(workspace);
            return ApiResults.Created(context, Path, response.Version(), response);
        });
    }
}
