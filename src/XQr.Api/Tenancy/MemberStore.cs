using XQr.Api.Storage;

namespace XQr.Api.Tenancy;

/// <summary>
/// Reads members. Table <c>Workspaces</c>, partition = workspace id, row <c>u{inverted id}</c>: Id, Email, Name, Role, CreatedAt, and
/// after the first sign-in Issuer, Subject, JoinedAt. <see cref="MembershipStore"/> finds members across workspaces.
/// </summary>
internal sealed class MemberStore(Tables tables)
{
    /// <summary>Returns all members of a workspace, newest first. Costs one transaction for each thousand members.</summary>
    public async Task<IReadOnlyList<Member>> ListAsync(string workspaceId, CancellationToken cancellationToken) =>
        await tables.Workspaces.QueryPrefix(workspaceId, MemberRow.Prefix, select: null, cancellationToken)
            .Select(MemberRow.ToMember)
            .ToListAsync(cancellationToken);

    /// <summary>Returns a member of a workspace. Costs one transaction.</summary>
    public async Task<Member?> FindAsync(string workspaceId, string memberId, CancellationToken cancellationToken) =>
        MemberRow.KeyOf(memberId) is { } key && await tables.Workspaces.FindAsync(workspaceId, key, cancellationToken) is { } row
            ? MemberRow.ToMember(row)
            : null;
}
