namespace XQr.Api.Tenancy;

/// <summary>The object of a change, with its name at that time.</summary>
internal sealed record AuditTarget(string Id, string? Name);

/// <summary>An entry of a workspace's audit log.</summary>
/// <param name="Actor">The actor.</param>
/// <param name="Action">The action, such as <c>key.created</c>.</param>
/// <param name="Target">The object of the action.</param>
/// <param name="Details">Details, such as the role before and after. They contain no secret.</param>
internal sealed record AuditEntry(Actor Actor, string Action, AuditTarget Target, IReadOnlyDictionary<string, string> Details)
{
    public Guid Id { get; init; }

    public DateTimeOffset At { get; init; }
}

/// <summary>The actions of the audit log.</summary>
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
    public const string WorkspaceChanged = "workspace.changed";
    public const string WorkspaceCreated = "workspace.created";

    /// <summary>Gets all actions.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        KeyCreated, KeyRenamed, KeyRevoked, KeyRotated, MemberInvited, MemberJoined, MemberChanged, MemberRemoved, PlanChanged,
        WorkspaceChanged, WorkspaceCreated,
    ];

    /// <summary>Gets the kinds of actions: the first part of each.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [.. All.Select(KindOf).Distinct()];

    /// <summary>Returns the kind of an action, which is its first part.</summary>
    public static string KindOf(string action) => action.Split('.')[0];
}
