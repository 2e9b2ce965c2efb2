namespace XQr.Api.Tenancy;

/// <summary>Who changed something: a member, or an operator by a command.</summary>
/// <param name="MemberId">The member; null for an operator.</param>
/// <param name="Email">The member's address at that time.</param>
/// <param name="Name">The member's name at that time.</param>
internal sealed record Actor(string? MemberId, string? Email, string? Name)
{
    /// <summary>Who runs the admin commands.</summary>
    public static Actor Operator { get; } = new(null, null, null);

    public static Actor Of(Member member) => new(member.Id, member.Email, member.Name);
}

/// <summary>What was changed, by the name that it had then.</summary>
internal sealed record AuditTarget(string Id, string? Name);

/// <summary>An entry of a workspace's audit log.</summary>
/// <param name="Actor">Who did it.</param>
/// <param name="Action">What was done, such as <c>key.created</c>.</param>
/// <param name="Target">The object of the action.</param>
/// <param name="Details">What else is worth to know, such as the role before and after. Never a secret.</param>
internal sealed record AuditEntry(Actor Actor, string Action, AuditTarget Target, IReadOnlyDictionary<string, string> Details)
{
    public Guid Id { get; init; }

    public DateTimeOffset At { get; init; }
}

/// <summary>The actions that the log tells of.</summary>
internal static class AuditActions
{
    public const string KeyCreated = "key.created";
    public const string KeyRenamed = "key.renamed";
    public const string KeyRevoked = "key.revoked";
    public const string KeyRotated = "key.rotated";
    public const string MemberInvited = "member.invited";
    public const string MemberJoined = "member.joined";
    public const string MemberChanged = "member.changed";
    public const string MemberRemoved = "member.removed";
    public const string PlanChanged = "plan.changed";
    public const string WorkspaceCreated = "workspace.created";
}
