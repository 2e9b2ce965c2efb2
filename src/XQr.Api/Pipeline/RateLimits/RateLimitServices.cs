using Microsoft.Extensions.DependencyInjection;
using XQr.Api.Tenancy;

namespace XQr.Api.Pipeline.RateLimits;

internal static class RateLimitServices
{
    public static IServiceCollection AddRateLimits(this IServiceCollection services) => services
        .AddSingleton<RateCounterStore>()
        .AddSingleton<RateLimiter>()
        .AddSingleton<IUsageSource, CallUsageSource>()
        .AddHostedService(provider => provider.GetRequiredService<RateLimiter>());
}
