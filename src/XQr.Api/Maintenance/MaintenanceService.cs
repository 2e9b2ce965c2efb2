using Microsoft.Extensions.Hosting;

namespace XQr.Api.Maintenance;

/// <summary>Calls the <see cref="MaintenanceRunner"/> each minute, for hosts without a timer of their own.</summary>
internal sealed class MaintenanceService(MaintenanceRunner runner, TimeProvider time, BackgroundWork background) : BackgroundService
{
    /// <summary>The delay that keeps maintenance apart from the first requests.</summary>
    private static readonly TimeSpan StartDelay = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1), time);
        await Task.Delay(StartDelay, time, stoppingToken);
        do
        {
            await background.TryRunAsync("maintenance", runner.RunAsync, stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
