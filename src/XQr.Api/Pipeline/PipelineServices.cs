using Microsoft.Extensions.DependencyInjection;
using XQr.Api.Maintenance;
using XQr.Api.Pipeline.Idempotency;
using XQr.Api.Pipeline.RateLimits;

namespace XQr.Api.Pipeline;

internal static class PipelineServices
{
    public static IServiceCollection AddPipeline(this IServiceCollection services)
    {
        services.AddSingleton<CallerCache>();
        services.AddSingleton<RateCounterStore>();
        services.AddSingleton<RateLimiter>();
        services.AddSingleton<IdempotencyStore>();
        services.AddSingleton<IMaintenanceTask, IdempotencySweep>();
        services.AddHostedService(provider => provider.GetRequiredService<RateLimiter>());
        return services;
    }
}
