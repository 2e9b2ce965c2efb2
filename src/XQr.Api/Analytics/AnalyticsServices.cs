using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using XQr.Api.Analytics.Aggregation;
using XQr.Api.Analytics.Quarantine;
using XQr.Api.Analytics.Queries;
using XQr.Api.Analytics.Recording;
using XQr.Api.Analytics.Scans;
using XQr.Api.Analytics.Statistics;
using XQr.Api.Analytics.Visitors;
using XQr.Api.Primitives;
using XQr.Api.Work;

namespace XQr.Api.Analytics;

/// <summary>Registers the services of analytics.</summary>
internal static class AnalyticsServices
{
    /// <summary>Adds the services.</summary>
    public static IServiceCollection AddAnalytics(this IServiceCollection services)
    {
        services.AddOptions<ScanOptions>().BindConfiguration(ScanOptions.Section)
            .Validate(
                options => options.TryRead(),
                $"{ScanOptions.Section}:CommitWait takes milliseconds or a time span up to 5 seconds, MaxPendingMegabytes 0 to 16,384, "
                + "RawRetentionDays 1 to 3,650.")
            .ValidateOnStart();
        services.AddSingleton(provider => new PendingBudget(provider.GetRequiredService<IOptions<ScanOptions>>()));
        services.AddSingleton<ScanMetrics>();
        services.AddSingleton<ScanStore>();
        services.AddSingleton<ScanWriterStore>();
        services.AddSingleton<SaltStore>();
        services.AddSingleton<DailySalts>();
        services.AddSingleton<VisitorNumbers>();
        services.AddSingleton<IWorkHandler, SaltSweep>();
        services.AddSingleton(SaltSweep.Schedule);
        services.AddSingleton<KnownWorkspaceStore>();
        services.AddSingleton<ScanArchiveStore>();
        services.AddSingleton<ArchiveCountStore>();
        services.AddSingleton<ArchiveErasureStore>();
        services.AddSingleton<AggregationStore>();
        services.AddSingleton<PendingWorkStore>();
        services.AddSingleton<QuarantineStore>();
        services.AddSingleton<QuarantineBlobs>();
        services.AddSingleton<QuarantineOperations>();
        services.AddSingleton<UnreadableRows>();
        services.AddSingleton<ErasureStore>();
        services.AddSingleton<DeletedLinkStore>();
        services.AddSingleton<ScanAggregator>();
        services.AddSingleton<IWorkHandler, AggregationWork>();
        services.AddSingleton<IWorkHandler, CleanUpWork>();
        services.AddSingleton<IWorkHandler, KnownWorkspacesWork>();
        services.AddSingleton(KnownWorkspacesWork.Schedule);
        services.AddSingleton<StatisticsStore>();
        services.AddSingleton<LinkTotalsStore>();
        services.AddSingleton<LinkPeriodStore>();
        services.AddSingleton<LinkPeriodSumStore>();
        services.AddSingleton<PendingSnapshots>();
        services.AddSingleton<QueryErasures>();
        services.AddSingleton<IAggregationRequests, AggregationRequests>();
        services.AddSingleton<StatisticsQueries>();
        services.AddSingleton<AnalyticsOperations>();
        services.AddSingleton<ExportOperations>();
        services.AddSingleton<ScanRecorder>();
        services.AddHostedService(provider => provider.GetRequiredService<ScanRecorder>());
        return services.AddJson(AnalyticsJson.Default);
    }
}
