using XQr.Api.Storage;
using XQr.Api.Tenancy;

namespace XQr.Api.Links;

/// <summary>Adds links to the usage of a workspace.</summary>
internal sealed class LinkUsageSource(CountedCommits<LinkUsage> commits) : IUsageSource
{
    public async Task<Usage> FindAsync(string workspaceId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var usage = await commits.FindAsync(workspaceId, cancellationToken);
        return new(LinksCreatedThisMonth: usage.CreatedIn(now), TotalLinks: usage.Links);
    }
}
