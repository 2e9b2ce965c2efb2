
using XQr.Api.Tenancy;

namespace XQr.Api.Pipeline.RateLimits;

/// <summary>Calls, as part of what a workspace uses.</summary>
internal sealed class CallUsageSource(RateLimiter limiter) : IUsageSource
{
    public async Task<Usage> FindAsync(string workspaceId, DateTimeOffset now, CancellationToken cancellationToken) =>
        new(ApiCallsThisMonth: await limiter.CountCallsAsync(workspaceId, now, cancellationToken));
}
