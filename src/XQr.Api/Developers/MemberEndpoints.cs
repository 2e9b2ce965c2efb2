using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XQr.Api.Pipeline;
using XQr.Api.Tenancy;

namespace XQr.Api.Developers;

internal static class MemberEndpoints
{
    private const string Description = "The members and invitations of a workspace.";
    private const string Path = "/api/developer/members";

    public static void MapMembers(this IEndpointRouteBuilder endpoints)
    {
        var members = endpoints.MapGroup(Path).WithTag("Members", Description);
        members.MapPost("/", InviteAsync).RequireRole(Role.Admin).TakeJson<InviteMemberRequest>()
            .AnswersCreated<DeveloperMemberResponse>().MayFail(DeveloperErrors.EmailTaken(), ApiErrors.RoleNeeded(Role.Owner));
        members.MapGet("/", ListAsync).RequireRole(Role.Member).AnswersPage<DeveloperMemberResponse>();
        members.MapGet("/{id}", GetAsync).RequireRole(Role.Member)
            .Answers<DeveloperMemberResponse>().Revalidates().MayFail(DeveloperErrors.MemberNotFound());
        members.MapPatch("/{id}", UpdateAsync).RequireRole(Role.Admin).TakeJson<UpdateMemberRequest>()
            .AnswersChanged<DeveloperMemberResponse>().TakesPrecondition("member")
            .MayFail(DeveloperErrors.MemberNotFound(), DeveloperErrors.LastOwner());
        members.MapDelete("/{id}", RemoveAsync).RequireRole(Role.Member).AnswersNothing().TakesPrecondition("member")
            .MayFail(DeveloperErrors.MemberNotFound(), DeveloperErrors.LastOwner(), ApiErrors.RoleNeeded(Role.Admin));
    }

    /// <summary>Invite a member</summary>
    /// <remarks>Sends no e-mail. The first person to sign in with this address, verified by the provider, becomes the member.</remarks>
    internal static async Task<IResult> InviteAsync(HttpContext context, MemberOperations operations, CancellationToken cancellationToken)
    {
        var result = await operations.InviteAsync(Principal.Of(context.Member()), context.Api().Body, cancellationToken);
        return result.ToResponse(member =>
            ApiResults.Created(context, $"{Path}/{member.Id}", EntityTags.Of(member), DeveloperMemberResponse.From(member)));
    }

    /// <summary>List members</summary>
    /// <remarks>Newest first, including invitations.</remarks>
    internal static async Task<IResult> ListAsync(HttpContext context, MemberOperations operations, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var page = PageQuery.Read(context.Request.Query, errors);
        if (errors.Any)
        {
            return errors.ToError();
        }

        var members = await operations.ListAsync(context.Member().WorkspaceId, cancellationToken);
        var shown = members.Skip(page.Offset).Take(page.Limit);
        return ApiResults.List([.. shown.Select(DeveloperMemberResponse.From)], page with { Total = members.Count });
    }

    /// <summary>Get a member</summary>
    internal static async Task<IResult> GetAsync(
        HttpContext context, string id, MemberOperations operations, CancellationToken cancellationToken)
    {
        var result = await operations.GetAsync(context.Member().WorkspaceId, id, cancellationToken);
        return result.ToResponse(member => ApiResults.Current(context, EntityTags.Of(member), DeveloperMemberResponse.From(member)));
    }

    /// <summary>Change a member</summary>
    /// <remarks>
    /// Only owners can appoint or change owners. A workspace always has an owner. The whole member can be sent back: read-only properties
    /// must keep their values.
    /// </remarks>
    internal static async Task<IResult> UpdateAsync(
        HttpContext context, string id, MemberOperations operations, CancellationToken cancellationToken)
    {
        var result = await operations.UpdateAsync(
            Principal.Of(context.Member()), id, context.Api().Body, IfMatch.Of(context.Request), cancellationToken);
        return result.ToResponse(member => ApiResults.Ok(context, EntityTags.Of(member), DeveloperMemberResponse.From(member)));
    }

    /// <summary>Remove a member</summary>
    /// <remarks>
    /// Takes effect at once. Every member can leave the workspace with their own id; the others need an admin, and owners need an owner. A
    /// workspace always has an owner.
    /// </remarks>
    internal static async Task<IResult> RemoveAsync(
        HttpContext context, string id, MemberOperations operations, CancellationToken cancellationToken)
    {
        var result = await operations.RemoveAsync(
            Principal.Of(context.Member()), id, IfMatch.Of(context.Request), cancellationToken);
        return result.ToResponse(_ => TypedResults.NoContent());
    }
}
