using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using XQr.Api.Storage;

namespace XQr.Api.Pipeline.RateLimits;

/// <summary>
/// The three limits of a caller, in their order: the burst of its key (in memory), the minute of its key, and the month of its
/// workspace (in storage, see <see cref="LeasedCounter"/>). A request that one refuses costs nothing of the next.
/// </summary>
internal sealed class RateLimiter(RateCounterStore counters, TimeProvider time) : IHostedService, IDisposable
{
    private static readonly TimeSpan BetweenReturns = TimeSpan.FromMinutes(1);

    private const int WindowShare = 20;
    private const int QuotaShare = 40;

    private readonly ConcurrentDictionary<string, TokenBucket> bursts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, LeasedCounter> windows = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, LeasedCounter> quotas = new(StringComparer.Ordinal);
    private ITimer? returning;

    /// <summary>Counts a request.</summary>
    /// <returns>What is left, and why the request is refused, if it is.</returns>
    public async ValueTask<(RateLimitState State, ApiError? Refusal)> AdmitAsync(Caller caller, CancellationToken cancellationToken)
    {
        var (plan, now) = (caller.Plan, time.GetUtcNow());
        var (minute, month) = Periods(now);
        var quota = Quota(caller.WorkspaceId);
        var state = new RateLimitState(plan) { QuotaRemaining = quota.Peek(month, plan.CallsPerMonth).Remaining };
        if (plan.BurstPerSecond is { } rate)
        {
            var (bucket, window) = (Burst(caller), Window(caller));
            if (!bucket.TryTake(rate, out var burstRemaining))
            {
                return (state with { Meta = Meta(window.Peek(minute, rate * 60), rate, burstRemaining) }, ApiErrors.BurstLimitExceeded());
            }

            var minuteTaking = await window.TryTakeAsync(minute, rate * 60, cancellationToken);
            state = state with { Meta = Meta(minuteTaking, rate, burstRemaining) };
            if (!minuteTaking.Admitted)
            {
                return (state, ApiErrors.RateLimitExceeded("minute", DateTimeOffset.FromUnixTimeSeconds(state.Meta.Reset) - now));
            }
        }

        var monthTaking = await quota.TryTakeAsync(month, plan.CallsPerMonth, cancellationToken);
        state = state with { QuotaRemaining = monthTaking.Remaining };
        return (state, monthTaking.Admitted ? null : ApiErrors.RateLimitExceeded("month", NextMonth(now) - now));

        static DateTimeOffset NextMonth(DateTimeOffset now) => new DateTimeOffset(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1);
    }

    /// <summary>What is left, without counting a request.</summary>
    public RateLimitState Peek(Caller caller)
    {
        var plan = caller.Plan;
        var (minute, month) = Periods(time.GetUtcNow());
        return new(plan)
        {
            QuotaRemaining = Quota(caller.WorkspaceId).Peek(month, plan.CallsPerMonth).Remaining,
            Meta = plan.BurstPerSecond is { } rate ? Meta(Window(caller).Peek(minute, rate * 60), rate, Burst(caller).Peek(rate)) : null,
        };
    }

    /// <summary>
    /// The calls of a workspace in the month, as its quota counts them. One transaction. Other instances' leases count as used until they
    /// are given back.
    /// </summary>
    public Task<int> CountCallsAsync(string workspaceId, DateTimeOffset now, CancellationToken cancellationToken) =>
        Quota(workspaceId).CountAsync(Periods(now).Month, cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        returning = time.CreateTimer(_ => _ = ReturnIdleAsync(CancellationToken.None), null, BetweenReturns, BetweenReturns);
        return Task.CompletedTask;
    }

    /// <summary>Gives back what was leased of the months. Minutes end by themselves.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => ForEachQuotaAsync(quota => quota.ReturnAsync(cancellationToken));

    /// <summary>
    /// Gives back what was leased of the months where nobody called since the last time: so a process that dies strands little, and the
    /// count is exact a while after the last call.
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
            catch (Exception exception) when (StorageFailure.IsOutage(exception))
            {
                return;
            }
        }
    }

    private static (long Minute, long Month) Periods(DateTimeOffset now) => (now.ToUnixTimeSeconds() / 60, (now.Year * 12) + now.Month);

    private static RateLimitMeta Meta(Taking taking, int rate, int burstRemaining) =>
        new(rate * 60, taking.Remaining, (taking.Period + 1) * 60, rate, burstRemaining);

    private TokenBucket Burst(Caller caller) => bursts.GetOrAdd(caller.Key.Id, static (_, clock) => new TokenBucket(clock, TimeSpan.FromSeconds(1)), time);

    private LeasedCounter Window(Caller caller) =>
        windows.GetOrAdd(caller.Key.Id, id => new LeasedCounter(counters, id, "minute", WindowShare, time));

    private LeasedCounter Quota(string workspaceId) =>
        quotas.GetOrAdd(workspaceId, id => new LeasedCounter(counters, id, "month", QuotaShare, time));
}
