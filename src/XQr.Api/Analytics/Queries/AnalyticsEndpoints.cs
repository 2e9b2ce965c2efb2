using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XQr.Api.Links;
using XQr.Api.Pipeline;
using XQr.Api.Primitives;
using XQr.Api.Storage;
using XQr.Api.Tenancy;

namespace XQr.Api.Analytics.Queries;

/// <summary>Maps the endpoints of analytics.</summary>
internal static class AnalyticsEndpoints
{
    public const string Description = "Scans of links, by default those of people. A scan is counted within a minute, usually at once.";

    /// <summary>Maps the endpoints.</summary>
    public static void MapAnalytics(this IEndpointRouteBuilder endpoints)
    {
        var analytics = endpoints.MapGroup("/api/v1/analytics").WithTag("Analytics", Description).RequireScope(Scopes.AnalyticsRead)
            .AddEndpointFilter(NotStoredAsync);
        analytics.MapGet("/summary", SummaryAsync).Takes<PeriodQuery>().Takes<BotsQuery>().Answers<SummaryResponse>();
        analytics.MapGet("/timeseries", TimeseriesAsync)
            .Takes<IntervalQuery>().Takes<DatesQuery>().Takes<PeriodQuery>().Takes<ZoneQuery>().Takes<LinkQuery>()
            .TakeQuery<BotsQuery>(new("interval", IntervalQuery.Fault)).Answers<TimeseriesResponse>().MayFail(LinkErrors.NotFound());
        analytics.MapGet("/top-links", TopLinksAsync).Takes<PeriodQuery>().Takes<TopQuery>().Takes<BotsQuery>().AnswersList<TopLinkResponse>();
        analytics.MapCounts();
        analytics.MapLinkStats();
        analytics.MapExport();
    }

    /// <summary>Declares the parameters of a query, with an invalid period as the example of an error.</summary>
    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder builder) => builder.TakeQuery<T>(new("period", PeriodQuery.Fault));

    /// <summary>Summarise a workspace</summary>
    internal static async Task<IResult> SummaryAsync(
        HttpContext context,
        StatisticsReaderFactory statistics,
        CountedCommits<LinkUsage> usage,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var today = LocalCalendar.Utc.DayOf(time.GetUtcNow());
        var days = PeriodQuery.Read(context.Request.Query, today, PeriodQuery.Default, errors);
        var includeBots = BotsQuery.Read(context.Request.Query, errors);
        if (errors.Any)
        {
            return errors.ToError();
        }

        var reader = (await statistics.OpenAsync(context, linkId: null, includeBots, cancellationToken))!;
        return ApiResults.Ok(await new Summary(reader, usage).CreateAsync(days, DayRange.Ending(today, 30), cancellationToken));
    }

    /// <summary>Get scans over time</summary>
    /// <remarks>
    /// Covers <c>from_date</c> to <c>to_date</c>, or else the <c>period</c>: at most 31 days by hour, or 3,660 days by other intervals.
    /// Points without scans are included. Days are those of <c>tz</c>, with 23 or 25 hours on clock changes.
    /// </remarks>
    internal static async Task<IResult> TimeseriesAsync(
        HttpContext context, StatisticsReaderFactory statistics, TimeProvider time, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var query = context.Request.Query;
        var request = TimeseriesRequest.Read(query, time.GetUtcNow(), errors);
        var includeBots = BotsQuery.Read(query, errors);
        if (errors.Any)
        {
            return errors.ToError();
        }

        if (await statistics.OpenAsync(context, query["link_id"], includeBots, cancellationToken) is not { } reader)
        {
            return LinkErrors.NotFound();
        }

        var (interval, calendar) = (request.Interval, request.Calendar);
        var parts = Timeline.PartsFor(interval, calendar);
        var timeline = new Timeline(await reader.DaysAsync(calendar.UtcDaysOf(request.Days), parts, cancellationToken), calendar);
        return ApiResults.Ok(new TimeseriesResponse(interval, [.. timeline.Points(interval, request.Days ?? timeline.DaysUpTo(request.Today))]));
    }

    /// <summary>List the links with the most scans</summary>
    /// <remarks>The <c>total</c> counts the links with a scan in the period.</remarks>
    internal static async Task<IResult> TopLinksAsync(
        HttpContext context,
        StatisticsReaderFactory statistics,
        LinkDirectoryStore links,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var query = context.Request.Query;
        var days = PeriodQuery.Read(query, LocalCalendar.Utc.DayOf(time.GetUtcNow()), PeriodQuery.Default, errors);
        var limit = TopQuery.Read(query, errors);
        var includeBots = BotsQuery.Read(query, errors);
        if (errors.Any)
        {
            return errors.ToError();
        }

        var reader = (await statistics.OpenAsync(context, linkId: null, includeBots, cancellationToken))!;
        var totals = await reader.LinksAsync(days, cancellationToken);

        // Links with the most scans come first. Of links with equal scans, the newer one comes first.
        var top = totals
            .OrderByDescending(total => total.Value)
            .ThenBy(total => Ids.Descending(total.Key), StringComparer.Ordinal)
            .Take(limit)
            .ToArray();
        var shown = await links.FindAsync(reader.WorkspaceId, [.. top.Select(total => total.Key)], cancellationToken);
        return ApiResults.List(
            [.. from entry in top
                join link in shown on entry.Key equals link.Id
                select new TopLinkResponse(link.Id, link.ShortCode, link.Destination, entry.Value)],
            new Page(limit, 0, totals.Count));
    }

    /// <summary>Prevents caching of responses: they are private, and the next scan changes them.</summary>
    private static ValueTask<object?> NotStoredAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        invocation.HttpContext.Response.Headers.CacheControl = "private, no-store";
        return next(invocation);
    }
}
