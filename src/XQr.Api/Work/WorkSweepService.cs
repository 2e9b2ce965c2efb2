using Microsoft.Extensions.Hosting;
using XQr.Api.Background;
using XQr.Api.Primitives;

namespace XQr.Api.Work;

/// <summary>Runs the <see cref="WorkSweep"/> each minute, for hosts without a timer of their own.</summary>
internal sealed class WorkSweepService(WorkSweep sweep, TimeProvider time, BackgroundWork background) : BackgroundService
{
    /// <summary>The delay that keeps the sweep apart from the first requests, and instances that start together from each other.</summary>
    private static readonly TimeSpan StartDelay = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Delay(Backoff.Delay(StartDelay, attempt: 1, StartDelay), time, stoppingToken);
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1), time);
        do
        {
            await background.TryRunAsync("work-sweep", sweep.RunAsync, stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
