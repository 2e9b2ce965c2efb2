using XQr.Api.Maintenance;

namespace XQr.Api.Analytics.Visitors;

/// <summary>Throws the salts of past days away.</summary>
internal sealed class SaltSweep(DailySalts salts) : IMaintenanceTask
{
    public string Name => "salts";

    public TimeSpan Every => TimeSpan.FromMinutes(10);

    public Task RunAsync(DateTimeOffset now, CancellationToken cancellationToken) => salts.RemoveAsync(cancellationToken);
}
