using Microsoft.Extensions.DependencyInjection;
using XQr.Api.Work;

namespace XQr.Api.Pipeline.Idempotency;

internal static class IdempotencyServices
{
    public static IServiceCollection AddIdempotency(this IServiceCollection services) => services
        .AddSingleton<IdempotencyHourStore>()
        .AddSingleton<IdempotencyStore>()
        .AddSingleton<IdempotencyRelease>()
        .AddSingleton<IdempotencyRemovalStore>()
        .AddSingleton<IWorkHandler, IdempotencySweep>()
        .AddSingleton<IWorkHandler, IdempotencyPass>()
        .AddSingleton(IdempotencySweep.Schedule)
        .AddSingleton(IdempotencyPass.Schedule);
}
