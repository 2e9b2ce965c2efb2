using XQr.Api.Qr.Logos;
using XQr.Api.Work;

namespace XQr.Api.Qr.Templates;

/// <summary>Requests the <see cref="LogoSweep"/> of all workspaces that have logos, for those of which no request was stored.</summary>
internal sealed class LogoPass(LogoBlobs blobs, WorkQueue queue) : IWorkHandler
{
    public static readonly ScheduledWork Schedule = new("logos-all", TimeSpan.FromDays(7));

    /// <summary>The time over which the sweeps are spread.</summary>
    private static readonly TimeSpan Spread = TimeSpan.FromHours(6);

    public string Work => Schedule.Work;

    /// <summary>Requests the sweeps. The subject is the workspace at which the last run ended.</summary>
    public async Task<string?> RunAsync(string subject, WorkBudget budget, CancellationToken cancellationToken)
    {
        var workspaces = blobs.ListWorkspacesAsync(cancellationToken).Where(id => string.CompareOrdinal(id, subject) > 0);
        await foreach (var workspaceId in workspaces)
        {
            await queue.RequestAsync(LogoSweep.Name, workspaceId, Random.Shared.NextDouble() * Spread, cancellationToken);
            if (budget.IsUsedUp)
            {
                return workspaceId;
            }
        }

        return null;
    }
}
