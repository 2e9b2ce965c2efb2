using Microsoft.Extensions.DependencyInjection;
using XQr.Api.Analytics.Figures;
using XQr.Api.Analytics.Folding;

namespace XQr.Api.Analytics;

internal static class AnalyticsServices
{
    public static IServiceCollection AddAnalytics(this IServiceCollection services)
    {
        services.AddOptions<ScanOptions>().BindConfiguration(ScanOptions.Section)
            .Validate(options => options.TryRead(), $"{ScanOptions.Section}:CommitWait takes milliseconds or a time span up to 5 seconds, MaxPending 1,000 to 10,000,000, RawRetentionDays 1 to 3,650.")
            .ValidateOnStart();
        services.AddSingleton<ScanStore>();
        services.AddSingleton<ScanArchiveStore>();
        services.AddSingleton<ScanFolding>();
        services.AddSingleton<FigureStore>();
        services.AddSingleton<ScanRecorder>();
        services.AddHostedService(provider => provider.GetRequiredService<ScanRecorder>());
        return services;
    }
}
