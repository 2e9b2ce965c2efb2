using XQr.Api.Developers.SignIn;
using XQr.Api.Pipeline;
using XQr.Api.Storage;
using XQr.Api.Tenancy;

namespace XQr.Api.Developers;

/// <summary>Reads the workspaces of a person and the audit log of a workspace. The developer API calls it.</summary>
internal sealed class AccountOperations(Memberships memberships, WorkspaceStore workspaces, AuditStore audit)
{
    /// <summary>Accepts the invitations of a person, and returns all workspaces of the person, newest first.</summary>
    public async Task<IReadOnlyList<(Workspace Workspace, Member Member)>> ListWorkspacesAsync(
        Person person, CancellationToken cancellationToken)
    {
        var members = await memberships.AllAsync(person, cancellationToken);
        var found = await Task.WhenAll(members.Select(member => workspaces.FindAsync(member.WorkspaceId, cancellationToken)));
        return
        [
            .. from pair in found.Zip(members)
               where pair.First is not null
               orderby pair.First.Id descending
               select pair,
        ];
    }

    /// <summary>Returns a page of the audit log, newest first, and the total.</summary>
    public Task<(IReadOnlyList<AuditEntry> Entries, int Total)> ListAuditAsync(
        string workspaceId, Page page, CancellationToken cancellationToken) => audit.ListAsync(workspaceId, page, cancellationToken);
}
