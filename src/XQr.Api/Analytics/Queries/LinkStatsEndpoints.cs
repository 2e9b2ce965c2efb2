using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XQr.Api.Analytics.Statistics;
using XQr.Api.Links;
using XQr.Api.Pipeline;

namespace XQr.Api.Analytics.Queries;

/// <summary>Maps the endpoints for the statistics of a link.</summary>
internal static class LinkStatsEndpoints
{
    private const int DailyScansShown = 30;

    /// <summary>Maps the endpoints.</summary>
    public static void MapLinkStats(this RouteGroupBuilder analytics)
    {
        analytics.MapGet("/links/{id}", LinkAsync).Takes<PeriodQuery>().Takes<ZoneQuery>().Takes<BotsQuery>()
            .Answers<LinkStatsResponse>().MayFail(LinkErrors.NotFound());
        analytics.MapGet("/links/{id}/stats", LinkStatsAsync).Takes<PeriodQuery>().Takes<ZoneQuery>().Takes<BotsQuery>()
            .Answers<LinkStatsResponse>().MayFail(LinkErrors.NotFound());
    }

    /// <summary>Get a link's statistics</summary>
    /// <remarks>Covers all scans of the link unless a period is given.</remarks>
    internal static async Task<IResult> LinkAsync(
        HttpContext context, string id, StatisticsReaderFactory statistics, TimeProvider time, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var (query, now) = (context.Request.Query, time.GetUtcNow());
        var days = PeriodQuery.Read(query, LocalCalendar.Utc.DayOf(now), PeriodQuery.All, errors);
        var calendar = ZoneQuery.Read(query, errors);
        var includeBots = BotsQuery.Read(query, errors);
        if (errors.Any)
        {
            return errors.ToError();
        }

        if (await statistics.OpenAsync(context, id, includeBots, cancellationToken) is not { Link: { } link } reader)
        {
            return LinkErrors.NotFound();
        }

        var recent = DayRange.Ending(calendar.DayOf(now), DailyScansShown);
        var reading = reader.TotalsAsync(days, StatisticsParts.Counts, cancellationToken);
        var recentDays = await reader.DaysAsync(calendar.UtcDaysOf(recent), Timeline.PartsFor(calendar), cancellationToken);
        var daily = new Timeline(recentDays, calendar).Daily(recent);
        return ApiResults.Ok(LinkStatsResponse.From(link, await reading, daily));
    }

    /// <summary>Get a link's statistics by another path</summary>
    /// <remarks>Returns the same as <c>/api/v1/analytics/links/{id}</c>.</remarks>
    internal static Task<IResult> LinkStatsAsync(
        HttpContext context, string id, StatisticsReaderFactory statistics, TimeProvider time, CancellationToken cancellationToken) =>
        LinkAsync(context, id, statistics, time, cancellationToken);
}
