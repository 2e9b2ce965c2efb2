using XQr.Api.Analytics.Scans;
using XQr.Api.Background;
using XQr.Api.Work;

namespace XQr.Api.Analytics.Recording;

/// <summary>
/// Requests the aggregation of the scans that a writer has stored: each minute at most, and after the scans, so that a run that the request
/// leads to sees them. If the process dies before, the workspace's next scans or its daily clean-up lead to a run.
/// </summary>
internal sealed class AggregationReminder(string workspaceId, WorkQueue queue, KnownWorkspaceStore known, BackgroundWork background)
{
    /// <summary>The time in which other instances' requests join this one.</summary>
    private static readonly TimeSpan Delay = TimeSpan.FromMinutes(1);

    private bool isNeeded;
    private bool isKnown;

    /// <summary>Gets a value indicating whether stored scans wait for a request.</summary>
    public bool IsNeeded => Volatile.Read(ref isNeeded);

    /// <summary>Notes that scans were stored.</summary>
    public void Need() => Volatile.Write(ref isNeeded, true);

    /// <summary>Sends the request, if it is needed. Two transactions, three the first time. The next call repeats a failed request.</summary>
    public async Task SendAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref isNeeded, false) && !await background.TryRunAsync("request-aggregation", RequestAsync, cancellationToken))
        {
            Need();
        }
    }

    private async Task RequestAsync(CancellationToken cancellationToken)
    {
        if (!isKnown)
        {
            await known.AddAsync(workspaceId, cancellationToken);
            isKnown = true;
        }

        await queue.RequestAsync(WorkNames.Aggregate, workspaceId, Delay, cancellationToken);
    }
}
