using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace XQr.Api.Maintenance;

/// <summary>Calls the <see cref="MaintenanceRunner"/> each minute.</summary>
internal sealed partial class MaintenanceService(MaintenanceRunner runner, TimeProvider time, ILogger<MaintenanceService> logger) : BackgroundService
{
    /// <summary>Out of the way of the first requests.</summary>
    private static readonly TimeSpan AfterStart = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1), time);
        await Task.Delay(AfterStart, time, stoppingToken);
        do
        {
            try
            {
                await runner.RunAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.Failed(logger, exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The maintenance was broken off; it goes on in a minute")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
