namespace XQr.Api.Tenancy;

/// <summary>The identity on whose behalf an operation manages a workspace: a member, or an operator of the service.</summary>
/// <param name="WorkspaceId">The workspace.</param>
/// <param name="Role">The role in the workspace.</param>
/// <param name="Actor">The actor for the audit log.</param>
internal sealed record Principal(string WorkspaceId, Role Role, Actor Actor)
{
    public static Principal Of(Member member) => new(member.WorkspaceId, member.Role, Actor.Of(member));

    public static Principal Operator(string workspaceId) => new(workspaceId, Role.Owner, Actor.Operator);
}
