using Microsoft.Extensions.DependencyInjection;
using XQr.Api.Maintenance;

namespace XQr.Api.Pipeline.Idempotency;

internal static class IdempotencyServices
{
    public static IServiceCollection AddIdempotency(this IServiceCollection services) =>
        services.AddSingleton<IdempotencyStore>().AddSingleton<IdempotencyRelease>().AddSingleton<IMaintenanceTask, IdempotencySweep>();
}
