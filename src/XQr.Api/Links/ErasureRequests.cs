using XQr.Api.Background;
using XQr.Api.Work;

namespace XQr.Api.Links;

/// <summary>Requests that the statistics and scans of deleted links are erased.</summary>
internal sealed class ErasureRequests(WorkQueue queue, BackgroundWork background)
{
    /// <summary>The time in which more deletions join a request.</summary>
    private static readonly TimeSpan Delay = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Requests the erasure of the deleted links of a workspace. Two transactions, or one if it was requested a moment before. If it fails, the
    /// daily clean-up of the workspace erases them.
    /// </summary>
    public Task RequestAsync(string workspaceId, CancellationToken cancellationToken) => background.TryRunAsync(
        "request-erasure", token => queue.RequestAsync(WorkNames.CleanUp, workspaceId, Delay, token), cancellationToken);
}
