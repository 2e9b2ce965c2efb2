using Azure;
using Azure.Data.Tables;
using XQr.Api.Primitives;

namespace XQr.Api.Tenancy;

/// <summary>Invites, changes and removes members. Each change is stored together with its entry in the audit log.</summary>
internal sealed class MemberChangeStore(AuditStore audit, MemberStore members, MembershipStore memberships, TimeProvider time)
{
    /// <summary>Returns a new invitation. The first person to sign in with the address, verified by the provider, becomes the member.</summary>
    public static Member NewInvitation(string workspaceId, string email, string? name, Role role, DateTimeOffset now) =>
        new(Ids.NewMember(now), workspaceId, email, name, role, now);

    /// <summary>Invites a person. Costs five transactions.</summary>
    public async Task<MemberChange> InviteAsync(Principal by, string email, string? name, Role role, CancellationToken cancellationToken)
    {
        if (role == Role.Owner && by.Role != Role.Owner)
        {
            return new(MemberOutcome.OwnersOnly);
        }

        var member = NewInvitation(by.WorkspaceId, email, name, role, time.GetUtcNow());
        await memberships.AddAsync(member, cancellationToken);
        var outcome = await audit.ChangeAsync<MemberOutcome>(
            by.WorkspaceId,
            async _ => (await members.ListAsync(by.WorkspaceId, cancellationToken)).Any(other => EmailAddress.AreSame(other.Email, email))
                ? new(MemberOutcome.EmailTaken)
                : new(
                    MemberOutcome.Done,
                    EntryOf(by.Actor, AuditActions.MemberInvited, member, ("role", role.Name())),
                    new TableTransactionAction(TableTransactionActionType.Add, MemberRow.From(member))),
            cancellationToken);
        if (outcome != MemberOutcome.Done)
        {
            await memberships.RemoveAsync(member, cancellationToken);
        }

        return new(outcome, member);
    }

    /// <summary>Binds an invited member to the identity of the person who has signed in with the address. Costs five transactions.</summary>
    /// <returns>The member; null if it was removed or bound to another person in the meantime.</returns>
    public async Task<Member?> JoinAsync(Member invited, Identity identity, string? name, CancellationToken cancellationToken)
    {
        await memberships.AddAsync(invited, identity, cancellationToken);
        return await audit.ChangeAsync<Member?>(
            invited.WorkspaceId,
            async _ =>
            {
                var member = await members.FindAsync(invited.WorkspaceId, invited.Id, cancellationToken);
                if (member is null || member.Identity == identity)
                {
                    return new(member);
                }

                // Another subject of the same provider is another person, even if the provider has reassigned the address.
                if (member.Identity?.Issuer == identity.Issuer)
                {
                    return new(null);
                }

                var joined = member with { Identity = identity, JoinedAt = member.JoinedAt ?? time.GetUtcNow(), Name = member.Name ?? name };
                return new(joined, EntryOf(Actor.Of(joined), AuditActions.MemberJoined, joined), Update(joined));
            },
            cancellationToken);
    }

    /// <summary>Changes the name or the role of a member. Costs four transactions.</summary>
    /// <param name="by">The member or operator who makes the change.</param>
    /// <param name="id">The id of the member.</param>
    /// <param name="allows">A function that returns whether the current version of the member may be changed.</param>
    /// <param name="name">The new name; null for no change.</param>
    /// <param name="role">The new role; null for no change.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public Task<MemberChange> UpdateAsync(
        Principal by, string id, Func<Member, bool> allows, string? name, Role? role, CancellationToken cancellationToken) =>
        ChangeAsync(
            by.WorkspaceId,
            id,
            allows,
            (member, all) =>
            {
                var changed = member with { Name = name ?? member.Name, Role = role ?? member.Role };
                if (MemberRules.Validate(by.Role, member, changed.Role, all) is { } violated)
                {
                    return new(new(violated));
                }

                return changed == member
                    ? new(new(MemberOutcome.Done, member))
                    : new(
                        new(MemberOutcome.Done, changed),
                        EntryOf(by.Actor, AuditActions.MemberChanged, changed, [.. Differences(member, changed)]),
                        Update(changed));
            },
            cancellationToken);

    /// <summary>Removes a member. Costs six transactions; from the fourth on, the member has no access.</summary>
    /// <param name="by">The member or operator who removes the member.</param>
    /// <param name="id">The id of the member.</param>
    /// <param name="allows">A function that returns whether the current version of the member may be removed.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public async Task<MemberChange> RemoveAsync(Principal by, string id, Func<Member, bool> allows, CancellationToken cancellationToken)
    {
        var change = await ChangeAsync(
            by.WorkspaceId,
            id,
            allows,
            (member, all) => MemberRules.Validate(by.Role, member, role: null, all) is { } violated
                ? new(new(violated))
                : new(
                    new(MemberOutcome.Done, member),
                    EntryOf(by.Actor, AuditActions.MemberRemoved, member),
                    new TableTransactionAction(TableTransactionActionType.Delete, MemberRow.From(member), ETag.All)),
            cancellationToken);
        if (change is { Outcome: MemberOutcome.Done, Member: { } removed })
        {
            await memberships.RemoveAsync(removed, cancellationToken);
        }

        return change;
    }

    private Task<MemberChange> ChangeAsync(
        string workspaceId,
        string id,
        Func<Member, bool> allows,
        Func<Member, IReadOnlyList<Member>, Change<MemberChange>> decide,
        CancellationToken cancellationToken) =>
        audit.ChangeAsync(
            workspaceId,
            async _ =>
            {
                var all = await members.ListAsync(workspaceId, cancellationToken);
                return all.FirstOrDefault(member => member.Id == id) switch
                {
                    null => new(new(MemberOutcome.NotFound)),
                    { } member when !allows(member) => new(new(MemberOutcome.Stale)),
                    { } member => decide(member, all),
                };
            },
            cancellationToken);

    private static TableTransactionAction Update(Member member) =>
        new(TableTransactionActionType.UpdateReplace, MemberRow.From(member), ETag.All);

    private static IEnumerable<(string Name, string Value)> Differences(Member before, Member after)
    {
        if (before.Role != after.Role)
        {
            yield return ("role_before", before.Role.Name());
            yield return ("role", after.Role.Name());
        }

        if (before.Name != after.Name)
        {
            yield return ("name", after.Name ?? "");
        }
    }

    private static AuditEntry EntryOf(Actor by, string action, Member member, params (string Name, string Value)[] details) =>
        new(by, action, new(member.Id, member.Email), details.ToDictionary(detail => detail.Name, detail => detail.Value));
}
