using XQr.Api.Work;

namespace XQr.Api.Pipeline.Idempotency;

/// <summary>Removes expired requests without an index. Only builds before December 2026 wrote such; docs/upgrade.md says when this may go.</summary>
internal sealed class IdempotencyPass(IdempotencyRemovalStore removal, TimeProvider time) : IWorkHandler
{
    public static readonly ScheduledWork Schedule = new("idempotency-all", TimeSpan.FromDays(7));

    /// <summary>The time for which expired requests are left to the <see cref="IdempotencySweep"/>.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromDays(1);

    public string Work => Schedule.Work;

    public Task<string?> RunAsync(string subject, WorkBudget budget, CancellationToken cancellationToken) =>
        removal.RemoveAllAsync(subject, time.GetUtcNow() - Grace, budget, cancellationToken);
}
