using Microsoft.Azure.Functions.Worker;
using XQr.Api;

namespace XQr.Functions;

/// <summary>Trigger of the work that is due now and then. On Kestrel a background service calls the same.</summary>
/// <param name="services">The worker's services.</param>
public sealed class MaintenanceFunctions(IServiceProvider services)
{
    /// <summary>Each minute, on one instance; what runs for longer keeps others out by its lease.</summary>
    /// <param name="timer">When it was due.</param>
    /// <param name="cancellationToken">Ends the work when the instance is stopped.</param>
    /// <returns>A task that ends with the work.</returns>
    [Function("Maintenance")]
    public Task MaintenanceAsync([TimerTrigger("0 * * * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        services.RunXQrMaintenanceAsync(cancellationToken);
}
