using XQr.Api.Work;

namespace XQr.Api.Pipeline.Idempotency;

/// <summary>Removes expired requests and responses.</summary>
internal sealed class IdempotencySweep(IdempotencyRemovalStore removal, TimeProvider time) : IWorkHandler
{
    public static readonly ScheduledWork Schedule = new("idempotency", TimeSpan.FromHours(1));

    /// <summary>The time after its end when an hour is over on all instances, and no run of its requests can be in progress.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(15);

    public string Work => Schedule.Work;

    public async Task<string?> RunAsync(string subject, WorkBudget budget, CancellationToken cancellationToken)
    {
        var hour = IdempotencyRows.HourOf(time.GetUtcNow() - ClockSkew);
        await removal.RemoveRowsAsync(hour, budget, cancellationToken);
        await removal.RemoveBlobsAsync(hour, budget, cancellationToken);
        return budget.IsUsedUp ? "" : null;
    }
}
