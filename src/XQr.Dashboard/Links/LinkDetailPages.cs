using System.Globalization;
using Microsoft.AspNetCore.Http;
using XQr.Api.Analytics;
using XQr.Api.Analytics.Queries;
using XQr.Api.Analytics.Statistics;
using XQr.Api.Pipeline;
using XQr.Api.Primitives;
using XQr.Dashboard.Hosting;
using XQr.Dashboard.Members;
using XQr.Dashboard.Pages;
using XQr.Dashboard.Pages.Parts;

namespace XQr.Dashboard.Links;

/// <summary>The page of a link.</summary>
internal static class LinkDetailPages
{
    private const int MaxValues = 8;

    /// <summary>Shows a link with its scans. Takes four storage calls, and two more if scans wait for aggregation.</summary>
    internal static async Task<IResult> ShowAsync(
        HttpContext context, string id, AnalyticsOperations analytics, LinkModelFactory models, CancellationToken cancellationToken)
    {
        context.Api().Deadline?.CancelAfter(AnalyticsEndpoints.QueryTimeout);
        var caller = context.Workspace();
        var read = await analytics.GetLinkReportAsync(caller, id, context.Request.Query, cancellationToken);
        if (!read.Succeeded)
        {
            return PageErrors.Of(read.Error);
        }

        var (report, through) = read.Value;
        var link = report.Link;
        var model = new LinkPageModel(
            Frames.Layout(context, link.ShortCode, Section.Links),
            models.Of(link),
            link.CreatedAt,
            link.UpdatedAt,
            models.PreviewOf(link.ShortCode),
            RuleSentences.Of(link.RoutingRules),
            Statistics(report, through, context.Request.Query["period"].ToString()),
            ChangeSentences.Of(link.History),
            caller.Plan.Features.CsvExport,
            LinkNotices.Of(context.Request));
        return Page.Of<Pages.Links.Detail, LinkPageModel>(model);
    }

    private static LinkStatisticsModel Statistics(LinkReport report, DataThrough through, string period)
    {
        var totals = report.Totals;
        return new(
            period is "" ? PeriodQuery.All : period,
            totals.Scans,
            [.. report.Daily.Select(day => new ChartPoint(DateOnly.Parse(day.Date, CultureInfo.InvariantCulture), day.Scans))],
            [
                Breakdown(LinkTexts.Countries, Dimension.Country, CountryCodes.NameOf),
                Breakdown(LinkTexts.Devices, Dimension.Device, DeviceNames.TitleOf),
                Breakdown(LinkTexts.Browsers, Dimension.Browser, browser => browser),
                Breakdown(LinkTexts.Referrers, Dimension.Referrer, host => host == "direct" ? LinkTexts.Direct : host),
            ],
            through.IsComplete ? null : through.Time);

        BreakdownModel Breakdown(string title, Dimension dimension, Func<string, string> name) => new(
            title,
            [
                .. totals.By(dimension).Take(MaxValues)
                    .Select(value => new BreakdownValueModel(name(value.Value), value.Count, (int)Math.Round(100d * value.Count / totals.Scans))),
            ]);
    }
}
