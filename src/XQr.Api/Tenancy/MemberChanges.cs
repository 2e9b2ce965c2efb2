namespace XQr.Api.Tenancy;

/// <summary>How a change of members ended.</summary>
internal enum MemberOutcome
{
    /// <summary>It is done.</summary>
    Done,

    /// <summary>There is no such member.</summary>
    NotFound,

    /// <summary>The member isn't any more what the caller knows.</summary>
    Stale,

    /// <summary>Somebody with that address is a member already.</summary>
    EmailTaken,

    /// <summary>The workspace would be left without an owner.</summary>
    LastOwner,

    /// <summary>Only owners make, change and remove owners.</summary>
    OwnersOnly,
}

/// <summary>How a change of a member ended, and the member as it is then, or was when it was removed.</summary>
internal readonly record struct MemberChange(MemberOutcome Outcome, Member? Member = null);

/// <summary>Who may change which member.</summary>
internal static class MemberRules
{
    /// <summary>What speaks against a change; null where nothing does.</summary>
    /// <param name="actor">The role of who wants it.</param>
    /// <param name="member">The member.</param>
    /// <param name="role">The role that the member gets; null for removal.</param>
    /// <param name="all">All members.</param>
    public static MemberOutcome? Refusal(Role actor, Member member, Role? role, IReadOnlyList<Member> all) =>
        member.Role != Role.Owner ? (role == Role.Owner && actor != Role.Owner ? MemberOutcome.OwnersOnly : null)
        : actor != Role.Owner ? MemberOutcome.OwnersOnly
        : role != Role.Owner && !all.Any(other => CanStandInFor(member, other)) ? MemberOutcome.LastOwner
        : null;

    /// <summary>Who was only invited can't stand in for an owner who has signed in.</summary>
    private static bool CanStandInFor(Member owner, Member other) =>
        other.Id != owner.Id && other.Role == Role.Owner && (other.JoinedAt is not null || owner.JoinedAt is null);
}
