using XQr.Api.Maintenance;

namespace XQr.Api.Pipeline.Idempotency;

/// <summary>Removes expired responses.</summary>
internal sealed class IdempotencySweep(IdempotencyStore store) : IMaintenanceTask
{
    public string Name => "idempotency";

    /// <summary>Gets the interval. A run reads the whole table.</summary>
    public TimeSpan Every => TimeSpan.FromHours(1);

    public Task RunAsync(DateTimeOffset now, CancellationToken cancellationToken) => store.SweepAsync(now, cancellationToken);
}
