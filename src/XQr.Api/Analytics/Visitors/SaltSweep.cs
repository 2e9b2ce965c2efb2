using XQr.Api.Maintenance;

namespace XQr.Api.Analytics.Visitors;

/// <summary>Deletes the salts of past days.</summary>
internal sealed class SaltSweep(DailySalts salts) : IMaintenanceTask
{
    public string Name => "salts";

    public TimeSpan Every => TimeSpan.FromMinutes(10);

    public Task RunAsync(DateTimeOffset now, CancellationToken cancellationToken) => salts.RemoveAsync(cancellationToken);
}
