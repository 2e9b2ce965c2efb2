using Microsoft.Extensions.DependencyInjection;
using XQr.Api.Pipeline.RateLimits;

namespace XQr.Api.Pipeline;

internal static class PipelineServices
{
    public static IServiceCollection AddPipeline(this IServiceCollection services)
    {
        services.AddSingleton<CallerCache>();
        services.AddSingleton<RateCounterStore>();
        services.AddSingleton<RateLimiter>();
        services.AddHostedService(provider => provider.GetRequiredService<RateLimiter>());
        return services;
    }
}
