using Microsoft.Extensions.Hosting;
using XQr.Api.Background;
using XQr.Api.Primitives;
using XQr.Api.Tenancy;

namespace XQr.Api.Pipeline.RateLimits;

/// <summary>
/// Checks the three limits of a caller in this order: the burst of its key (in memory), the minute of its key, and the month of its
/// workspace (in storage, see <see cref="LeasedCounter"/>). A request that one limit refuses does not count in the next.
/// </summary>
internal sealed class RateLimiter(RateCounterStore counters, TimeProvider time, BackgroundWork background) : IHostedService
{
    /// <summary>The largest lease of a minute, as a fraction of the limit.</summary>
    public const int WindowFraction = 20;

    /// <summary>The time without a request after which the tokens of a minute are returned.</summary>
    public static readonly TimeSpan WindowIdleTime = TimeSpan.FromSeconds(2);

    /// <summary>The time without a request after which the tokens of a month are returned.</summary>
    public static readonly TimeSpan QuotaIdleTime = TimeSpan.FromMinutes(1);

    /// <summary>The maximum of <c>Retry-After</c>. With a longer wait, the timers of common clients overflow and fire at once.</summary>
    private static readonly TimeSpan MaxRetryAfter = TimeSpan.FromDays(1);

    /// <summary>The wait for tokens that other instances return when they are idle.</summary>
    private static readonly TimeSpan HeldRetryAfter = TimeSpan.FromSeconds(3);

    private const int QuotaFraction = 40;

    /// <summary>
    /// The intervals at which the counters of idle keys and workspaces are removed. They are longer than the time for which a new counter takes the
    /// last write of the one before for another instance's (<see cref="OtherWriters"/>).
    /// </summary>
    private static readonly TimeSpan IdleKeyInterval = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan IdleWorkspaceInterval = TimeSpan.FromHours(1);

    private readonly KeyedState<string, TokenBucket> bursts = new(_ => new(time, TimeSpan.FromSeconds(1)), IdleKeyInterval, time);

    private readonly KeyedState<string, LeasedCounter> windows = new(
        key => new(counters, key, "minute", WindowFraction, WindowIdleTime, MinuteOf, time), IdleKeyInterval, time, counter => !counter.HasUnspent());

    private readonly KeyedState<string, LeasedCounter> quotas = new(
        workspaceId => new(counters, workspaceId, "month", QuotaFraction, QuotaIdleTime, MonthOf, time),
        IdleWorkspaceInterval,
        time,
        counter => !counter.HasUnspent());

    private readonly CounterReturns returns = new(background);

    /// <summary>Gets the number of counters in memory.</summary>
    public int Counters => bursts.Count + windows.Count + quotas.Count;

    /// <summary>Counts a request.</summary>
    /// <returns>The remaining limits, and the error if the request is refused.</returns>
    public async ValueTask<(RateLimitState State, ApiError? Refusal)> AdmitAsync(KeyCaller caller, CancellationToken cancellationToken)
    {
        var plan = caller.Plan;
        using var quotaLease = quotas.Use(caller.WorkspaceId);
        var quota = quotaLease.State;
        if (plan.BurstPerSecond is not { } rate)
        {
            var lease = await quota.TryTakeAsync(plan.CallsPerMonth, cancellationToken);
            return (new(plan) { QuotaRemaining = lease.Remaining }, lease.Admitted ? null : MonthExceeded(lease));
        }

        using var bucket = bursts.Use(caller.Key.Id);
        using var windowLease = windows.Use(caller.Key.Id);
        var window = windowLease.State;
        var (perMinute, quotaLeft) = (rate * 60, quota.Peek(plan.CallsPerMonth).Remaining);
        if (!bucket.State.TryTake(rate, out var burstLeft))
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
            if (month.IsContended)
            {
                window.GiveBack(minute);
            }

            if (!month.Admitted || (!window.IsOver(minute) && !quota.IsOver(month)))
            {
                return (State(minute, month.Remaining), month.Admitted ? null : MonthExceeded(month));
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
        using var quota = quotas.Use(caller.WorkspaceId);
        using var window = windows.Use(caller.Key.Id);
        using var burst = bursts.Use(caller.Key.Id);
        var plan = caller.Plan;
        return new(plan)
        {
            QuotaRemaining = quota.State.Peek(plan.CallsPerMonth).Remaining,
            Meta = plan.BurstPerSecond is { } rate ? Meta(window.State.Peek(rate * 60), rate, burst.State.Peek(rate)) : null,
        };
    }

    /// <summary>
    /// Returns the calls of a workspace in the month, as its quota counts them. One transaction. Leases of other instances count as used until
    /// they are returned.
    /// </summary>
    public async Task<int> CountCallsAsync(string workspaceId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        using var quota = quotas.Use(workspaceId);
        return await quota.State.CountAsync(MonthOf(now), cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Returns all unspent tokens.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await returns.RunAsync("return-quota", quotas, quota => quota.HasUnspent(), cancellationToken);
            await returns.RunAsync("return-window", windows, window => window.HasUnspent(), cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The host has no more time. Other instances cannot use the remaining tokens.
        }
    }

    /// <summary>Returns the tokens of minutes that other instances may need (<see cref="LeasedCounter.IsSpare"/>).</summary>
    public Task ReturnIdleWindowsAsync(CancellationToken cancellationToken) =>
        returns.RunAsync("return-window", windows, window => window.IsSpare(), cancellationToken);

    /// <summary>
    /// Returns the tokens of months of which none was spent since the previous call. So a process that dies loses few tokens, and the count
    /// becomes exact soon after the last call.
    /// </summary>
    public Task ReturnIdleAsync(CancellationToken cancellationToken) =>
        returns.RunAsync("return-quota", quotas, quota => quota.IsIdle(), cancellationToken);

    /// <summary>Returns the minute of a time, as the period of a counter.</summary>
    public static long MinuteOf(DateTimeOffset now) => now.ToUnixTimeSeconds() / 60;

    private static long MonthOf(DateTimeOffset now) => (now.Year * 12) + now.Month;

    private ApiError MinuteExceeded(LeaseResult lease)
    {
        var rest = DateTimeOffset.FromUnixTimeSeconds((lease.Period + 1) * 60) - time.GetUtcNow();
        return lease.IsContended ? ApiErrors.BurstLimitExceeded()
            : Exceeded("minute", lease.IsHeldByOthers && HeldRetryAfter < rest ? HeldRetryAfter : rest);
    }

    private ApiError MonthExceeded(LeaseResult lease)
    {
        if (lease.IsContended)
        {
            return ApiErrors.BurstLimitExceeded();
        }

        var now = time.GetUtcNow();
        var wait = new DateTimeOffset(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1) - now;
        return Exceeded("month", wait < MaxRetryAfter ? wait : MaxRetryAfter);
    }

    /// <summary>Creates the error. The wait is at least a second, because the period may have just ended.</summary>
    private static ApiError Exceeded(string window, TimeSpan wait) =>
        ApiErrors.RateLimitExceeded(window, wait > TimeSpan.Zero ? wait : TimeSpan.FromSeconds(1));

    private static RateLimitMeta Meta(LeaseResult lease, int rate, int burstRemaining) =>
        RateLimitMeta.Of(rate * 60, lease.Remaining, (lease.Period + 1) * 60, rate, burstRemaining);
}
