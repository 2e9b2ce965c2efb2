namespace XQr.Api.Tenancy;

/// <summary>The rules for changes of members.</summary>
internal static class MemberRules
{
    /// <summary>Returns the rule that a change violates; null if there is none.</summary>
    /// <param name="actor">The role of the person who makes the change.</param>
    /// <param name="member">The member before the change.</param>
    /// <param name="role">The new role of the member; null for a removal.</param>
    /// <param name="all">All members of the workspace.</param>
    public static MemberOutcome? Validate(Role actor, Member member, Role? role, IReadOnlyList<Member> all)
    {
        if (actor != Role.Owner && (member.Role == Role.Owner || role == Role.Owner))
        {
            return MemberOutcome.OwnersOnly;
        }

        return member.Role == Role.Owner && role != Role.Owner && !all.Any(other => CanReplace(member, other)) ? MemberOutcome.LastOwner : null;
    }

    /// <summary>Returns the members who have signed in and have at least a role, owners first, and the oldest of each role first.</summary>
    /// <param name="all">All members of the workspace.</param>
    /// <param name="least">The role.</param>
    public static IReadOnlyList<Member> WithRole(IReadOnlyList<Member> all, Role least) =>
    [
        .. from member in all
           where member.Role >= least && member.JoinedAt is not null
           orderby member.Role descending, member.JoinedAt
           select member,
    ];

    /// <summary>Returns whether a workspace can do without an owner. An invited owner does not replace one who has signed in.</summary>
    private static bool CanReplace(Member owner, Member other) =>
        other.Id != owner.Id && other.Role == Role.Owner && (other.JoinedAt is not null || owner.JoinedAt is null);
}
