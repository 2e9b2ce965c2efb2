using Microsoft.Azure.Functions.Worker;
using XQr.Api;

namespace XQr.Functions;

/// <summary>The timer trigger of maintenance. On Kestrel, a background service runs the same work.</summary>
/// <param name="services">The worker's services.</param>
public sealed class MaintenanceFunctions(IServiceProvider services)
{
    /// <summary>Runs each minute on one instance. Longer work excludes other instances by its lease.</summary>
    /// <param name="timer">The timer.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>A task that represents the operation.</returns>
    [Function("Maintenance")]
    public Task MaintenanceAsync([TimerTrigger("0 * * * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        services.RunXQrMaintenanceAsync(cancellationToken);
}
