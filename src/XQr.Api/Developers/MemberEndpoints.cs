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
            .AnswersChanged<DeveloperMemberResponse>().TakesPrecondition("member").MayFail(DeveloperErrors.MemberNotFound(), DeveloperErrors.LastOwner());
        members.MapDelete("/{id}", RemoveAsync).RequireRole(Role.Admin)
            .AnswersNothing().TakesPrecondition("member").MayFail(DeveloperErrors.MemberNotFound(), DeveloperErrors.LastOwner());
    }

    /// <summary>Invite a member</summary>
    /// <remarks>Sends no e-mail. The first person to sign in with this address, verified by the provider, becomes the member.</remarks>
    internal static async Task<IResult> InviteAsync(HttpContext context, MemberChangeStore store, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var request = InviteMemberRequest.Read(context.Api().Body, errors);
        if (errors.Any)
        {
            return errors.ToError();
        }

        var by = context.Member();
        var change = await store.InviteAsync(
            by.WorkspaceId, request.Email, request.Name, request.Role ?? Role.Member, Actor.Of(by), by.Role, cancellationToken);
        return change is { Outcome: MemberOutcome.Done, Member: { } member }
            ? ApiResults.Created(context, $"{Path}/{member.Id}", EntityTags.Of(member), DeveloperMemberResponse.From(member))
            : DeveloperErrors.Of(change.Outcome);
    }

    /// <summary>List members</summary>
    /// <remarks>Newest first, including invitations.</remarks>
    internal static async Task<IResult> ListAsync(HttpContext context, MemberStore store, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var page = PageQuery.Read(context.Request.Query, errors);
        if (errors.Any)
        {
            return errors.ToError();
        }

        var members = await store.ListAsync(context.Member().WorkspaceId, cancellationToken);
        return ApiResults.List([.. members.Skip(page.Offset).Take(page.Limit).Select(DeveloperMemberResponse.From)], page with { Total = members.Count });
    }

    /// <summary>Get a member</summary>
    internal static async Task<IResult> GetAsync(HttpContext context, string id, MemberStore store, CancellationToken cancellationToken) =>
        await store.FindAsync(context.Member().WorkspaceId, id, cancellationToken) is { } member
            ? ApiResults.Current(context, EntityTags.Of(member), DeveloperMemberResponse.From(member))
            : DeveloperErrors.MemberNotFound();

    /// <summary>Change a member</summary>
    /// <remarks>
    /// Only owners can appoint or change owners. A workspace always has an owner. The whole member can be sent back: read-only properties
    /// must keep their values.
    /// </remarks>
    internal static async Task<IResult> UpdateAsync(HttpContext context, string id, MemberChangeStore store, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var request = UpdateMemberRequest.Read(context.Api().Body, errors);
        if (errors.Any)
        {
            return errors.ToError();
        }

        var (by, refusal) = (context.Member(), (ApiError?)null);
        var change = await store.UpdateAsync(
            by.WorkspaceId,
            id,
            member => (refusal = request.ReadOnly.Validate(DeveloperMemberResponse.From(member), DeveloperJson.Api.DeveloperMemberResponse)) is null && Allows(context, member),
            request.Name,
            request.Role,
            Actor.Of(by),
            by.Role,
            cancellationToken);
        return change is { Outcome: MemberOutcome.Done, Member: { } changed }
            ? ApiResults.Ok(context, EntityTags.Of(changed), DeveloperMemberResponse.From(changed))
            : refusal ?? DeveloperErrors.Of(change.Outcome);
    }

    /// <summary>Remove a member</summary>
    /// <remarks>Takes effect at once. Only owners can remove owners. A workspace always has an owner.</remarks>
    internal static async Task<IResult> RemoveAsync(HttpContext context, string id, MemberChangeStore store, CancellationToken cancellationToken)
    {
        var by = context.Member();
        var change = await store.RemoveAsync(by.WorkspaceId, id, member => Allows(context, member), Actor.Of(by), by.Role, cancellationToken);
        return change.Outcome == MemberOutcome.Done ? TypedResults.NoContent() : DeveloperErrors.Of(change.Outcome);
    }

    private static bool Allows(HttpContext context, Member member) => IfMatch.Of(context.Request).Allows(tag => EntityTags.Is(tag, member));
}
