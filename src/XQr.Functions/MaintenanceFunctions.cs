using Microsoft.Azure.Functions.Worker;
using XQr.Api;

namespace XQr.Functions;

/// <summary>Defines the timer trigger of maintenance. On Kestrel, background services do the same work.</summary>
/// <param name="services">The services of the worker.</param>
public sealed class MaintenanceFunctions(IServiceProvider services)
{
    /// <summary>
    /// Looks for lost and scheduled work, and runs maintenance, every minute on one instance. If maintenance takes longer, a lease excludes other
    /// instances.
    /// </summary>
    /// <param name="timer">The timer.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>A task that represents the operation.</returns>
    [Function("Maintenance")]
    public Task MaintenanceAsync([TimerTrigger("0 * * * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        Task.WhenAll(services.RunXQrWorkSweepAsync(cancellationToken), services.RunXQrMaintenanceAsync(cancellationToken));
}
