using XQr.Api.Storage;

namespace XQr.Api.Tenancy;

/// <summary>
/// Members. Table <c>Workspaces</c>, partition = workspace id, row <c>u{inverted id}</c>: Id, Email, Name, Role, CreatedAt, and once
/// the member has signed in Issuer, Subject, JoinedAt. How they are found across workspaces: <see cref="MembershipStore"/>.
/// </summary>
internal sealed class MemberStore(Tables tables)
{
    /// <summary>All members of a workspace, newest first. One transaction a thousand members.</summary>
    public async Task<IReadOnlyList<Member>> ListAsync(string workspaceId, CancellationToken cancellationToken)
    {
        var members = new List<Member>();
        await foreach (var row in tables.Workspaces.QueryPrefix(workspaceId, MemberRow.Prefix, select: null, cancellationToken))
        {
            members.Add(MemberRow.ToMember(row));
        }

        return members;
    }

    /// <summary>One point read.</summary>
    public async Task<Member?> FindAsync(string workspaceId, string memberId, CancellationToken cancellationToken) =>
        MemberRow.KeyOf(memberId) is { } key && await tables.Workspaces.FindAsync(workspaceId, key, cancellationToken) is { } row ? MemberRow.ToMember(row) : null;
}
