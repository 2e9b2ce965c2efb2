using System.Text.Json;
using XQr.Api.Pipeline;
using XQr.Api.Tenancy;

namespace XQr.Api.Developers;

/// <summary>
/// Invites, reads, changes and removes the members of a workspace. Changes require the role admin, and those of owners the role owner, but
/// everyone may leave. The developer API, the dashboard and the commands call it.
/// </summary>
internal sealed class MemberOperations(MemberStore members, MemberChangeStore changes)
{
    /// <summary>Invites a person. The first person to sign in with the address, verified by the provider, becomes the member.</summary>
    public async Task<OperationResult<Member>> InviteAsync(Principal principal, JsonElement body, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var request = InviteMemberRequest.Read(body, errors);
        if ((principal.Role.Require(Role.Admin) ?? errors.ToErrorOrNull()) is { } error)
        {
            return error;
        }

        return MemberOf(await changes.InviteAsync(
            principal, request.Email, request.Name, request.Role ?? Role.Member, cancellationToken));
    }

    /// <summary>Returns all members, newest first, including invitations.</summary>
    public Task<IReadOnlyList<Member>> ListAsync(string workspaceId, CancellationToken cancellationToken) =>
        members.ListAsync(workspaceId, cancellationToken);

    public async Task<OperationResult<Member>> GetAsync(string workspaceId, string id, CancellationToken cancellationToken) =>
        await members.FindAsync(workspaceId, id, cancellationToken) is { } member ? member : DeveloperErrors.MemberNotFound();

    public async Task<OperationResult<Member>> UpdateAsync(
        Principal principal, string id, JsonElement body, IfMatch ifMatch, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var request = UpdateMemberRequest.Read(body, errors);
        var error = principal.Role.Require(Role.Admin) ?? errors.ToErrorOrNull();
        if (error is not null)
        {
            return error;
        }

        var change = await changes.UpdateAsync(principal, id, Allows, request.Name, request.Role, cancellationToken);
        return change.Outcome == MemberOutcome.Stale && error is not null ? error : MemberOf(change);

        bool Allows(Member member)
        {
            error = request.ReadOnly.Validate(DeveloperMemberResponse.From(member), DeveloperJson.Api.DeveloperMemberResponse);
            return error is null && ifMatch.Allows(member);
        }
    }

    /// <summary>Returns the error of a principal whose role does not allow the removal of a member, or null. Everyone may leave.</summary>
    public static ApiError? ValidateRemoval(Principal principal, string id) =>
        principal.Actor is { Type: ActorType.Member } self && self.Id == id ? null : principal.Role.Require(Role.Admin);

    /// <summary>Removes a member, who has no access from then on.</summary>
    public async Task<OperationResult<Member>> RemoveAsync(
        Principal principal, string id, IfMatch ifMatch, CancellationToken cancellationToken) =>
        ValidateRemoval(principal, id) is { } error
            ? error
            : MemberOf(await changes.RemoveAsync(principal, id, member => ifMatch.Allows(member), cancellationToken));

    private static OperationResult<Member> MemberOf(MemberChange change) =>
        change is { Outcome: MemberOutcome.Done, Member: { } member } ? member : DeveloperErrors.From(change.Outcome);
}
