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
    /// <summary>Tells the caller which address the service sees it at, and so an operator whether the front end is configured right.</summary>
    private const string ClientAddressHeader = "X-Client-Address";

    public static IServiceCollection AddWorkspaces(this IServiceCollection services) => services.AddJson(WorkspaceJson.Default);

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
    internal static async Task<IResult> GetUsageAsync(
        HttpContext context, IEnumerable<IUsageSource> sources, TimeProvider time, CancellationToken cancellationToken)
    {
        var (caller, now) = (context.Caller(), time.GetUtcNow());
        var parts = await Task.WhenAll(sources.Select(source => source.FindAsync(caller.WorkspaceId, now, cancellationToken)));
        return ApiResults.Ok(UsageResponse.From(caller.Workspace.Plan, caller.Plan, parts.Aggregate((sum, part) => sum + part)));
    }

    /// <summary>List the members</summary>
    /// <remarks>Newest first, including invitations.</remarks>
    internal static async Task<IResult> ListMembersAsync(HttpContext context, MemberStore store, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var page = PageQuery.ReadWhole(context.Request.Query, errors);
        if (errors.Any)
        {
            return errors.ToError();
        }

        var members = await store.ListAsync(context.Caller().WorkspaceId, cancellationToken);
        return ApiResults.List([.. members.Skip(page.Offset).Take(page.Limit).Select(MemberResponse.From)], page with { Total = members.Count });
    }
}
