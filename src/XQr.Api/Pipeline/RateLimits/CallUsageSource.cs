
using XQr.Api.Tenancy;

namespace XQr.Api.Pipeline.RateLimits;

/// <summary>Provides the number of calls for the usage of a workspace.</summary>
internal sealed class CallUsageSource(RateLimiter limiter) : IUsageSource
{
    public async Task<Usage> FindAsync(string workspaceId, DateTimeOffset now, CancellationToken cancellationToken) =>
        new(ApiCallsThisMonth: await limiter.CountCallsAsync(workspaceId, now, cancellationToken));
}
