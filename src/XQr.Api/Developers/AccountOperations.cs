using System.Text.Json;
using Microsoft.Extensions.Options;
using XQr.Api.Developers.SignIn;
using XQr.Api.Pipeline;
using XQr.Api.Storage;
using XQr.Api.Tenancy;
using XQr.Api.Workspaces;

namespace XQr.Api.Developers;

/// <summary>
/// Reads and creates the workspaces of a person, and reads the audit log of a workspace. The developer API and the dashboard call it.
/// </summary>
internal sealed class AccountOperations(
    Memberships memberships, WorkspaceStore workspaces, WorkspaceOperations operations, AuditStore audit, IOptions<AuthOptions> auth)
{
    private const int MaxParallelReads = 16;

    /// <summary>Gets whether people may create workspaces.</summary>
    public bool AllowsCreation => auth.Value.AllowWorkspaceCreation;

    /// <summary>Accepts the invitations of a person, and returns all workspaces of the person, newest first.</summary>
    public async Task<IReadOnlyList<(Workspace Workspace, Member Member)>> ListWorkspacesAsync(
        Person person, CancellationToken cancellationToken)
    {
        var members = await memberships.AllAsync(person, cancellationToken);
        var found = await members.ReadEachAsync(
            MaxParallelReads, (member, token) => workspaces.FindAsync(member.WorkspaceId, token), cancellationToken);
        return
        [
            .. from pair in found.Zip(members)
               where pair.First is not null
               orderby pair.First.Id descending
               select pair,
        ];
    }

    /// <summary>Creates a workspace for a person, who becomes its owner.</summary>
    /// <param name="person">The person.</param>
    /// <param name="body">A <see cref="CreateWorkspaceRequest"/>.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public async Task<OperationResult<Workspace>> CreateWorkspaceAsync(Person person, JsonElement body, CancellationToken cancellationToken)
    {
        if (!AllowsCreation)
        {
            return DeveloperErrors.CreationNotAllowed();
        }

        return person is { Email: { } email, IsEmailVerified: true }
            ? await operations.CreateAsync(new(person.Identity, email, person.Name), auth.Value.NewWorkspacePlan, body, cancellationToken)
            : DeveloperErrors.VerifiedEmailNeeded();
    }

    /// <summary>Returns the newest entries of the audit log.</summary>
    public Task<IReadOnlyList<AuditEntry>> ListNewestAuditAsync(string workspaceId, int count, CancellationToken cancellationToken) =>
        audit.ListNewestAsync(workspaceId, count, cancellationToken);

    /// <summary>Returns a page of the entries that match a filter, newest first, and their total.</summary>
    public Task<AuditList> ListAuditAsync(string workspaceId, AuditFilter filter, Page page, CancellationToken cancellationToken) =>
        filter == AuditFilter.None
            ? audit.ListAsync(workspaceId, page, cancellationToken)
            : audit.SearchAsync(workspaceId, filter, page, cancellationToken);
}
