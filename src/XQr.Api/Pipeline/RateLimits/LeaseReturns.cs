using Microsoft.Extensions.Hosting;
using XQr.Api.Background;

namespace XQr.Api.Pipeline.RateLimits;

/// <summary>Returns the unspent tokens of idle counters. A return begins only when the previous one has ended.</summary>
internal sealed class LeaseReturns(RateLimiter limiter, TimeProvider time, BackgroundWork background) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        RepeatAsync(
            RateLimiter.WindowIdleTime, token => background.TryRunAsync("return-window", limiter.ReturnIdleWindowsAsync, token), stoppingToken),
        RepeatAsync(
            RateLimiter.QuotaIdleTime, token => background.TryRunAsync("return-quota", limiter.ReturnIdleAsync, token), stoppingToken));

    private async Task RepeatAsync(TimeSpan interval, Func<CancellationToken, Task> returnIdle, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            // Random, so that many instances do not write at the same moment.
            await Task.Delay(interval * (0.75 + (Random.Shared.NextDouble() / 2)), time, stoppingToken);
            await returnIdle(stoppingToken);
        }
    }
}
