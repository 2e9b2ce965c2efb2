using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using XQr.Api.Pipeline;
using XQr.Api.Primitives;
using XQr.Api.Tenancy;

namespace XQr.Api.Workspaces;

internal static class WorkspaceEndpoints
{
    /// <summary>The header with the caller's address as the service sees it, with which an operator checks the front end.</summary>
    private const string ClientAddressHeader = "X-Client-Address";

    public static IServiceCollection AddWorkspaces(this IServiceCollection services) =>
        services.AddSingleton<WorkspaceOperations>().AddJson(WorkspaceJson.Default);

    public static void MapWorkspace(this IEndpointRouteBuilder endpoints)
    {
        var workspace = endpoints.MapGroup("/api/v1/workspace").RequireScope(Scopes.WorkspaceRead)
            .WithTag("Workspace", "The workspace of a key, with its plan, usage and members.");
        workspace.MapGet("/", Get).Answers<WorkspaceResponse>(headers: ClientAddressHeader).Revalidates();
        workspace.MapGet("/usage", GetUsageAsync).Answers<UsageResponse>();
        workspace.MapGet("/members", ListMembersAsync).AnswersWhole<MemberResponse>();
    }

    /// <summary>Get the workspace</summary>
    /// <remarks>The header <c>X-Client-Address</c> has the caller's address as the service sees it.</remarks>
    internal static IResult Get(HttpContext context, ClientAddress addresses)
    {
        context.Response.Headers[ClientAddressHeader] = addresses.Read(context)?.ToString() ?? "unknown";
        var response = WorkspaceResponse.From(context.Caller().Workspace);
        return ApiResults.Current(context, response.Version(), response);
    }

    /// <summary>Get the usage</summary>
    /// <remarks>
    /// Counts are always current. Calls that other instances have reserved count as used until they are returned, within two minutes of
    /// the last call there.
    /// </remarks>
    internal static async Task<IResult> GetUsageAsync(HttpContext context, WorkspaceOperations operations, CancellationToken cancellationToken)
    {
        var caller = context.Caller();
        return ApiResults.Ok(UsageResponse.From(caller.Workspace.Plan, caller.Plan, await operations.GetUsageAsync(caller, cancellationToken)));
    }

    /// <summary>List the members</summary>
    /// <remarks>Newest first, including invitations.</remarks>
    internal static async Task<IResult> ListMembersAsync(
        HttpContext context, WorkspaceOperations operations, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var page = PageQuery.ReadWhole(context.Request.Query, errors);
        if (errors.Any)
        {
            return errors.ToError();
        }

        var members = await operations.ListMembersAsync(context.Caller(), cancellationToken);
        var shown = members.Skip(page.Offset).Take(page.Limit);
        return ApiResults.List([.. shown.Select(MemberResponse.From)], page with { Total = members.Count });
    }
}
