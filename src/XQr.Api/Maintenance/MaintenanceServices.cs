using Microsoft.Extensions.DependencyInjection;
using XQr.Api.Storage;

namespace XQr.Api.Maintenance;

internal static class MaintenanceServices
{
    /// <summary>Adds the runner of the <see cref="IMaintenanceTask"/> services.</summary>
    public static IServiceCollection AddMaintenance(this IServiceCollection services) => services
        .AddSingleton(provider => new MaintenanceStore(
            provider.GetRequiredService<Containers>().Maintenance.GetBlobClient("turn"), provider.GetRequiredService<StorageSetup>()))
        .AddSingleton<MaintenanceRunner>();
}
