using XQr.Api.Tenancy;

namespace XQr.Api.Workspaces;

/// <summary>Reads the usage and the members of a workspace.</summary>
internal sealed class WorkspaceOperations(MemberStore members, IEnumerable<IUsageSource> sources, TimeProvider time)
{
    /// <summary>Returns the current usage of the caller's workspace.</summary>
    public async Task<Usage> GetUsageAsync(Caller caller, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var parts = await Task.WhenAll(sources.Select(source => source.FindAsync(caller.WorkspaceId, now, cancellationToken)));
        return parts.Aggregate((sum, part) => sum + part);
    }

    /// <summary>Returns all members of the caller's workspace, newest first, including invitations.</summary>
    public Task<IReadOnlyList<Member>> ListMembersAsync(Caller caller, CancellationToken cancellationToken) =>
        members.ListAsync(caller.WorkspaceId, cancellationToken);
}
