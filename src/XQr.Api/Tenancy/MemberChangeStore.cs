using Azure;
using Azure.Data.Tables;
using XQr.Api.Primitives;

namespace XQr.Api.Tenancy;

/// <summary>Makes, changes and removes members, each change with its entry in the audit log.</summary>
internal sealed class MemberChangeStore(AuditStore audit, MemberStore members, MembershipStore memberships, TimeProvider time)
{
    /// <summary>A member who is invited: found by the e-mail address at the first sign-in.</summary>
    public static Member New(string workspaceId, string email, string? name, Role role, DateTimeOffset now) =>
        new(Ids.NewMember(now), workspaceId, email, name, role, now);

    public static AuditEntry Invited(Actor by, Member member) =>
        EntryOf(by, AuditActions.MemberInvited, member, ("role", member.Role.Name()));

    /// <summary>Invites somebody: five transactions.</summary>
    public async Task<MemberChange> InviteAsync(
        string workspaceId, string email, string? name, Role role, Actor by, Role byRole, CancellationToken cancellationToken)
    {
        var member = New(workspaceId, email, name, role, time.GetUtcNow());
        if (role == Role.Owner && byRole != Role.Owner)
        {
            return new(MemberOutcome.OwnersOnly);
        }

        await memberships.AddAsync(member, cancellationToken);
        var outcome = await audit.ChangeAsync<MemberOutcome>(
            workspaceId,
            async _ => (await members.ListAsync(workspaceId, cancellationToken)).Any(other => EmailAddress.Normal(other.Email) == EmailAddress.Normal(email))
                ? new(MemberOutcome.EmailTaken)
                : new(MemberOutcome.Done, Invited(by, member), new TableTransactionAction(TableTransactionActionType.Add, MemberRow.From(member))),
            cancellationToken);
        if (outcome != MemberOutcome.Done)
        {
            await memberships.RemoveAsync(member, cancellationToken);
        }

        return new(outcome, member);
    }

    /// <summary>Binds an invited member to who has signed in by the invited address: five transactions. Null where the member is gone or bound by now.</summary>
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

                // Who is bound by the same provider is somebody else, whatever address that provider gave to whom since.
                if (member.Identity?.Issuer == identity.Issuer)
                {
                    return new(null);
                }

                var joined = member with { Identity = identity, JoinedAt = member.JoinedAt ?? time.GetUtcNow(), Name = member.Name ?? name };
                return new(joined, EntryOf(Actor.Of(joined), AuditActions.MemberJoined, joined), Update(joined));
            },
            cancellationToken);
    }

    /// <summary>Changes a member's name or role, where they are given: four transactions.</summary>
    public Task<MemberChange> UpdateAsync(
        string workspaceId, string memberId, Func<Member, bool> allows, string? name, Role? role, Actor by, Role byRole, CancellationToken cancellationToken) =>
        ChangeAsync(
            workspaceId,
            memberId,
            allows,
            (member, all) =>
            {
                var changed = member with { Name = name ?? member.Name, Role = role ?? member.Role };
                return MemberRules.Refusal(byRole, member, changed.Role, all) is { } refusal ? new(new(refusal))
                    : changed == member ? new(new(MemberOutcome.Done, member))
                    : new(new(MemberOutcome.Done, changed), EntryOf(by, AuditActions.MemberChanged, changed, [.. Differences(member, changed)]), Update(changed));
            },
            cancellationToken);

    /// <summary>Removes a member: six transactions. From its fourth on the member has no access.</summary>
    public async Task<MemberChange> RemoveAsync(
        string workspaceId, string memberId, Func<Member, bool> allows, Actor by, Role byRole, CancellationToken cancellationToken)
    {
        var change = await ChangeAsync(
            workspaceId,
            memberId,
            allows,
            (member, all) => MemberRules.Refusal(byRole, member, role: null, all) is { } refusal
                ? new(new(refusal))
                : new(
                    new(MemberOutcome.Done, member),
                    EntryOf(by, AuditActions.MemberRemoved, member),
                    new TableTransactionAction(TableTransactionActionType.Delete, MemberRow.From(member), ETag.All)),
            cancellationToken);
        if (change is { Outcome: MemberOutcome.Done, Member: { } removed })
        {
            await memberships.RemoveAsync(removed, cancellationToken);
        }

        return change;
    }

    private Task<MemberChange> ChangeAsync(
        string workspaceId, string memberId, Func<Member, bool> allows, Func<Member, IReadOnlyList<Member>, Change<MemberChange>> decide, CancellationToken cancellationToken) =>
        audit.ChangeAsync(
            workspaceId,
            async _ =>
            {
                var all = await members.ListAsync(workspaceId, cancellationToken);
                return all.FirstOrDefault(member => member.Id == memberId) is not { } member ? new(new(MemberOutcome.NotFound))
                    : !allows(member) ? new(new(MemberOutcome.Stale))
                    : decide(member, all);
            },
            cancellationToken);

    private static TableTransactionAction Update(Member member) => new(TableTransactionActionType.UpdateReplace, MemberRow.From(member), ETag.All);

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
