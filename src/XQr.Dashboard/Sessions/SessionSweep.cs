using XQr.Api.Work;

namespace XQr.Dashboard.Sessions;

/// <summary>Removes expired sessions.</summary>
internal sealed class SessionSweep(SessionStore store, TimeProvider time) : IWorkHandler
{
    public static readonly ScheduledWork Schedule = new("sessions", TimeSpan.FromHours(1));

    public string Work => Schedule.Work;

    public async Task<string?> RunAsync(string subject, WorkBudget budget, CancellationToken cancellationToken)
    {
        await store.RemoveAsync(time.GetUtcNow() - Session.Lifetime, budget, cancellationToken);
        return budget.IsUsedUp ? "" : null;
    }
}
