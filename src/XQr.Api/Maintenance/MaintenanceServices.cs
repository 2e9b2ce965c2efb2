using Microsoft.Extensions.DependencyInjection;
using XQr.Api.Storage;

namespace XQr.Api.Maintenance;

/// <summary>Registers the services of maintenance.</summary>
internal static class MaintenanceServices
{
    /// <summary>Adds the runner of the <see cref="IMaintenanceTask"/> services, and the service that contains failures of background work.</summary>
    public static IServiceCollection AddMaintenance(this IServiceCollection services) => services
        .AddSingleton(provider => new MaintenanceStore(
            provider.GetRequiredService<Containers>().Maintenance.GetBlobClient("turn"), provider.GetRequiredService<StorageSetup>()))
        .AddSingleton<BackgroundMetrics>()
        .AddSingleton<BackgroundWork>()
        .AddSingleton<MaintenanceRunner>();
}
