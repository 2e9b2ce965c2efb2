using XQr.Api.Analytics;
using XQr.Api.Analytics.Figures;
using XQr.Api.Analytics.Folding;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Analytics;

/// <summary>What tests of analytics do again and again.</summary>
internal static class AnalyticsAccess
{
    /// <summary>All scans since a time, those of bots among them, once they are folded.</summary>
    public static async Task<List<Scan>> ScansAsync(this XQrApplication application, string workspaceId, DateTimeOffset since)
    {
        await application.FoldAsync(workspaceId);
        return await application.Service<ScanArchiveStore>()
            .ReadAsync(workspaceId, since, since.AddDays(400), includeBots: true, TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);
    }

    public static Task FoldAsync(this XQrApplication application, string workspaceId) =>
        application.Service<ScanFolding>().CompleteAsync(workspaceId, TestContext.Current.CancellationToken);

    /// <summary>The figures of all days.</summary>
    public static Task<IReadOnlyList<FigureDay>> DaysAsync(this XQrApplication application, string workspaceId, bool includeBots = false) =>
        application.Service<FigureStore>().ReadDaysAsync(workspaceId, null, DateOnly.MaxValue, All, includeBots, TestContext.Current.CancellationToken);

    /// <summary>The figures of all days of a link.</summary>
    public static Task<IReadOnlyList<FigureDay>> LinkDaysAsync(this XQrApplication application, string workspaceId, Guid linkId, bool includeBots = false) =>
        application.Service<FigureStore>()
            .ReadLinkDaysAsync(workspaceId, linkId, null, DateOnly.MaxValue, All, includeBots, TestContext.Current.CancellationToken);

    /// <summary>The scans of all links.</summary>
    public static Task<IReadOnlyDictionary<Guid, long>> LinkTotalsAsync(this XQrApplication application, string workspaceId, bool includeBots = false) =>
        application.Service<FigureStore>().ReadLinkTotalsAsync(workspaceId, null, DateOnly.MaxValue, includeBots, TestContext.Current.CancellationToken);

    private const FigureParts All = FigureParts.Counts | FigureParts.Visitors | FigureParts.VisitorsOfHour;
}
