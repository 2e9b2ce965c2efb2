using Microsoft.Extensions.DependencyInjection;
using XQr.Api.Tenancy;

namespace XQr.Api.Pipeline.RateLimits;

internal static class RateLimitServices
{
    public static IServiceCollection AddRateLimits(this IServiceCollection services) => services
        .AddSingleton<RateCounterStore>()
        .AddSingleton<RateLimiter>()
        .AddSingleton<IUsageSource, CallUsageSource>()
        .AddHostedService(provider => provider.GetRequiredService<RateLimiter>())
        .AddHostedService<LeaseReturns>();
}

/// <summary>Provides the number of calls for the usage of a workspace.</summary>
internal sealed class CallUsageSource(RateLimiter limiter) : IUsageSource
{
    public async Task<Usage> FindAsync(string workspaceId, DateTimeOffset now, CancellationToken cancellationToken) =>
        new(ApiCallsThisMonth: await limiter.CountCallsAsync(workspaceId, now, cancellationToken));
}
