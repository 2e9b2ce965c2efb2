using Microsoft.Extensions.Diagnostics.HealthChecks;
using XQr.Api.Storage;

namespace XQr.Api.Health;

/// <summary>Checks that storage answers, with a point read of a row that need not exist.</summary>
internal sealed class StorageHealthCheck(Tables tables) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await tables.ShortCodes.FindAsync("health", "code", cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception exception) when (StorageFailure.IsOutage(exception))
        {
            return HealthCheckResult.Unhealthy("Storage does not respond.");
        }
    }
}
