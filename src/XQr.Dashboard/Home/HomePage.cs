using System.Globalization;
using Microsoft.AspNetCore.Http;
using XQr.Api.Analytics;
using XQr.Api.Analytics.Queries;
using XQr.Api.Developers;
using XQr.Api.Links;
using XQr.Api.Pipeline;
using XQr.Dashboard.Forms;
using XQr.Dashboard.Hosting;
using XQr.Dashboard.Links;
using XQr.Dashboard.Members;
using XQr.Dashboard.Pages;
using XQr.Dashboard.Pages.Parts;
using XQr.Dashboard.Settings;

namespace XQr.Dashboard.Home;

/// <summary>The first page of a workspace.</summary>
internal static class HomePage
{
    private const int MaxRecent = 5;
    private const int ReadLinks = 50;
    private const int ReadEntries = 100;

    /// <summary>The age up to which a workspace shows its first steps. A workspace of this age has no earlier period to compare with.</summary>
    private static readonly TimeSpan NewFor = TimeSpan.FromDays(30);

    /// <summary>Shows the page. Takes six storage calls, and two more if scans wait for aggregation.</summary>
    internal static async Task<IResult> ShowAsync(
        HttpContext context,
        LinkOperations operations,
        AnalyticsOperations analytics,
        AccountOperations account,
        LinkModelFactory models,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        context.Api().Deadline?.CancelAfter(AnalyticsEndpoints.QueryTimeout);
        var (caller, now) = (context.Workspace(), time.GetUtcNow());
        var isNew = now - caller.Workspace.CreatedAt < NewFor;
        var reading = operations.ListNewestAsync(caller, ReadLinks, cancellationToken);
        var entries = isNew ? account.ListNewestAuditAsync(caller.WorkspaceId, ReadEntries, cancellationToken) : null;
        var (scans, through) = await analytics.GetOverviewAsync(caller, cancellationToken);
        var (links, usage) = await reading;

        var layout = Frames.Layout(context, HomeTexts.Title, Section.Home);
        IReadOnlyList<LinkModel> shown = [.. links.Select(models.Of)];
        var steps = entries is null ? [] : FirstSteps.Of(layout.Frame!, caller.Plan, shown, usage, scans, await entries);
        var model = new HomeModel(
            layout,
            new(LinkModelFactory.ListPath(caller.WorkspaceId), layout.Token, FormCreations.NewId(), models.ShortRoot),
            usage.Links == 0 ? [] : StatsOf(usage, scans, now),
            ChartOf(scans),
            through.IsComplete ? null : through.Time,
            [.. shown.Take(MaxRecent)],
            Attention.Of(layout.Frame!, caller.Plan, links, models, usage, now),
            steps,
            Notices.Of(context.Request, done => done == "created" ? new("ok", HomeTexts.WorkspaceCreated) : null));
        return Page.Of<Pages.Home.Home, HomeModel>(model);
    }

    private static StatModel[] StatsOf(LinkUsage usage, ScanOverview scans, DateTimeOffset now)
    {
        var (last, before) = (scans.Last, scans.Before);
        return
        [
            new(HomeTexts.Links, usage.Links, Note: Values.Format(HomeTexts.CreatedThisMonth, usage.CreatedIn(now))),
            Compared(HomeTexts.Scans, last.Scans, before?.Scans),
            Compared(HomeTexts.Visitors, last.Visitors, before?.Visitors),
            Compared(HomeTexts.ActiveLinks, last.ActiveLinks, before?.ActiveLinks),
        ];

        static StatModel Compared(string label, long value, long? before) =>
            new(label, value, before, before > 0 ? HomeTexts.ThanBefore : HomeTexts.InThirtyDays);
    }

    private static LineChartModel ChartOf(ScanOverview scans) => new(
        HomeTexts.Chart,
        HomeTexts.ScansADay,
        [.. scans.Daily.Select(day => new ChartPoint(DateOnly.Parse(day.Date, CultureInfo.InvariantCulture), day.Scans))]);
}
