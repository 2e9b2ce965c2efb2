using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using XQr.Api.Maintenance;
using XQr.Api.Storage;
using XQr.Api.Tenancy;

namespace XQr.Api.Pipeline.RateLimits;

/// <summary>
/// Checks the three limits of a caller in this order: the burst of its key (in memory), the minute of its key, and the month of its
/// workspace (in storage, see <see cref="LeasedCounter"/>). A request that one limit refuses does not count in the next.
/// </summary>
internal sealed class RateLimiter(RateCounterStore counters, TimeProvider time, BackgroundWork background) : IHostedService, IDisposable
{
    private static readonly TimeSpan BetweenReturns = TimeSpan.FromMinutes(1);

    /// <summary>The maximum of <c>Retry-After</c>. With a longer wait, the timers of common clients overflow and fire at once.</summary>
    private static readonly TimeSpan MaxRetryAfter = TimeSpan.FromDays(1);

    private const int WindowShare = 20;
    private const int QuotaShare = 40;

    private readonly ConcurrentDictionary<string, TokenBucket> bursts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, LeasedCounter> windows = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, LeasedCounter> quotas = new(StringComparer.Ordinal);
    private ITimer? returning;

    /// <summary>Counts a request.</summary>
    /// <returns>The remaining limits, and the error if the request is refused.</returns>
    public async ValueTask<(RateLimitState State, ApiError? Refusal)> AdmitAsync(KeyCaller caller, CancellationToken cancellationToken)
    {
        var (plan, quota) = (caller.Plan, Quota(caller.WorkspaceId));
        if (plan.BurstPerSecond is not { } rate)
        {
            var lease = await quota.TryTakeAsync(plan.CallsPerMonth, cancellationToken);
            return (new(plan) { QuotaRemaining = lease.Remaining }, lease.Admitted ? null : MonthExceeded());
        }

        var (bucket, window) = (Burst(caller), Window(caller));
        var (perMinute, quotaLeft) = (rate * 60, quota.Peek(plan.CallsPerMonth).Remaining);
        if (!bucket.TryTake(rate, out var burstLeft))
        {
            return (State(window.Peek(perMinute), quotaLeft), ApiErrors.BurstLimitExceeded());
        }

        while (true)
        {
            var minute = await window.TryTakeAsync(perMinute, cancellationToken);
            if (!minute.Admitted)
            {
                return (State(minute, quotaLeft), MinuteExceeded(minute));
            }

            var month = await quota.TryTakeAsync(plan.CallsPerMonth, cancellationToken);
            if (!month.Admitted || (!window.IsOver(minute) && !quota.IsOver(month)))
            {
                return (State(minute, month.Remaining), month.Admitted ? null : MonthExceeded());
            }

            // The minute ended during the storage call for the month, so the request belongs to the next minute.
            quota.GiveBack(month);
        }

        RateLimitState State(LeaseResult window, int quotaRemaining) =>
            new(plan) { Meta = Meta(window, rate, burstLeft), QuotaRemaining = quotaRemaining };
    }

    /// <summary>Returns the remaining limits without counting a request.</summary>
    public RateLimitState Peek(KeyCaller caller)
    {
        var plan = caller.Plan;
        return new(plan)
        {
            QuotaRemaining = Quota(caller.WorkspaceId).Peek(plan.CallsPerMonth).Remaining,
            Meta = plan.BurstPerSecond is { } rate ? Meta(Window(caller).Peek(rate * 60), rate, Burst(caller).Peek(rate)) : null,
        };
    }

    /// <summary>
    /// Returns the calls of a workspace in the month, as its quota counts them. One transaction. Leases of other instances count as used until
    /// they are returned.
    /// </summary>
    public Task<int> CountCallsAsync(string workspaceId, DateTimeOffset now, CancellationToken cancellationToken) =>
        Quota(workspaceId).CountAsync(MonthOf(now), cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        returning = time.CreateTimer(_ => _ = ReturnIdleAsync(CancellationToken.None), null, BetweenReturns, BetweenReturns);
        return Task.CompletedTask;
    }

    /// <summary>Returns the leases of months. Leases of minutes end with the minute.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => ForEachQuotaAsync(quota => quota.ReturnAsync(cancellationToken));

    /// <summary>
    /// Returns the leases of months that were not used since the previous call. So a process that dies loses few tokens, and the count becomes
    /// exact soon after the last call.
    /// </summary>
    public Task ReturnIdleAsync(CancellationToken cancellationToken) => ForEachQuotaAsync(quota => quota.ReturnIfIdleAsync(cancellationToken));

    public void Dispose() => returning?.Dispose();

    private async Task ForEachQuotaAsync(Func<LeasedCounter, Task> action)
    {
        foreach (var quota in quotas.Values)
        {
            try
            {
                await action(quota);
            }
            catch (Exception exception)
            {
                background.ReportFailure("return-quota", exception);
                if (StorageFailure.IsOutage(exception))
                {
                    // The others would fail too, so they are retried at the next interval.
                    return;
                }
            }
        }
    }

    private static long MinuteOf(DateTimeOffset now) => now.ToUnixTimeSeconds() / 60;

    private static long MonthOf(DateTimeOffset now) => (now.Year * 12) + now.Month;

    private ApiError MinuteExceeded(LeaseResult lease) =>
        Exceeded("minute", DateTimeOffset.FromUnixTimeSeconds((lease.Period + 1) * 60) - time.GetUtcNow());

    private ApiError MonthExceeded()
    {
        var now = time.GetUtcNow();
        var wait = new DateTimeOffset(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1) - now;
        return Exceeded("month", wait < MaxRetryAfter ? wait : MaxRetryAfter);
    }

    /// <summary>Creates the error. The wait is at least a second, because the period may have just ended.</summary>
    private static ApiError Exceeded(string window, TimeSpan wait) =>
        ApiErrors.RateLimitExceeded(window, wait > TimeSpan.Zero ? wait : TimeSpan.FromSeconds(1));

    private static RateLimitMeta Meta(LeaseResult lease, int rate, int burstRemaining) =>
        RateLimitMeta.Of(rate * 60, lease.Remaining, (lease.Period + 1) * 60, rate, burstRemaining);

    private TokenBucket Burst(KeyCaller caller) =>
        bursts.GetOrAdd(caller.Key.Id, static (_, clock) => new TokenBucket(clock, TimeSpan.FromSeconds(1)), time);

    private LeasedCounter Window(KeyCaller caller) =>
        windows.GetOrAdd(caller.Key.Id, id => new LeasedCounter(counters, id, "minute", WindowShare, MinuteOf, time));

    private LeasedCounter Quota(string workspaceId) =>
        quotas.GetOrAdd(workspaceId, id => new LeasedCounter(counters, id, "month", QuotaShare, MonthOf, time));
}
