using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XQr.Api.Analytics.Queries;
using XQr.Api.Links;
using XQr.Api.Pipeline;
using XQr.Api.Primitives;
using XQr.Api.Storage;
using XQr.Api.Tenancy;

namespace XQr.Api.Analytics;

/// <summary>Maps the endpoints of analytics.</summary>
internal static class AnalyticsEndpoints
{
    private const string Description = "Scans of links, by default those of people. A scan is counted within a minute, usually at once.";

    /// <summary>The header with the time up to which scans are included.</summary>
    private const string DataThroughHeader = "X-Data-Through";

    /// <summary>The timeout of a request, which may erase deleted links first. Calls to storage have their own timeout.</summary>
    internal static readonly TimeSpan QueryTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Maps the endpoints.</summary>
    public static void MapAnalytics(this IEndpointRouteBuilder endpoints)
    {
        var analytics = endpoints.MapGroup("/api/v1/analytics").WithTag("Analytics", Description).RequireScope(Scopes.AnalyticsRead)
            .WithMetadata(new AnswerHeader(DataThroughHeader)).AddEndpointFilter(PrepareAsync);
        analytics.MapGet("/summary", SummaryAsync).Takes<PeriodQuery>().Takes<BotsQuery>().Answers<SummaryResponse>();
        analytics.MapGet("/timeseries", TimeseriesAsync)
            .Takes<IntervalQuery>().Takes<DatesQuery>().Takes<PeriodQuery>().Takes<ZoneQuery>().Takes<LinkQuery>()
            .TakeQuery<BotsQuery>(new("interval", IntervalQuery.Rule)).Answers<TimeseriesResponse>().MayFail(LinkErrors.NotFound());
        analytics.MapGet("/top-links", TopLinksAsync).Takes<PeriodQuery>().Takes<TopQuery>().Takes<BotsQuery>().AnswersList<TopLinkResponse>();
        analytics.MapCounts();
        analytics.MapGet("/links/{id}", LinkAsync).AnswersLinkStats();
        analytics.MapGet("/links/{id}/stats", LinkStatsAsync).AnswersLinkStats();
        analytics.MapExport();
    }

    /// <summary>Declares the parameters of a query, with an invalid period as the example of an error.</summary>
    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder builder) => builder.TakeQuery<T>(new("period", PeriodQuery.Rule));

    /// <summary>Summarise a workspace</summary>
    internal static async Task<IResult> SummaryAsync(HttpContext context, AnalyticsOperations analytics, CancellationToken cancellationToken) =>
        (await analytics.GetSummaryAsync(context.Caller(), context.Request.Query, cancellationToken)).ToResponse(context, ApiResults.Ok);

    /// <summary>Get scans over time</summary>
    /// <remarks>
    /// Covers <c>from_date</c> to <c>to_date</c>, or else the <c>period</c>: at most 31 days by hour, or 3,660 days by other intervals.
    /// Points without scans are included. Days are those of <c>tz</c>, with 23 or 25 hours on clock changes.
    /// </remarks>
    internal static async Task<IResult> TimeseriesAsync(HttpContext context, AnalyticsOperations analytics, CancellationToken cancellationToken) =>
        (await analytics.GetTimeseriesAsync(context.Caller(), context.Request.Query, cancellationToken)).ToResponse(context, ApiResults.Ok);

    /// <summary>List the links with the most scans</summary>
    /// <remarks>The <c>total</c> counts the links with a scan in the period.</remarks>
    internal static async Task<IResult> TopLinksAsync(HttpContext context, AnalyticsOperations analytics, CancellationToken cancellationToken) =>
        (await analytics.ListTopLinksAsync(context.Caller(), context.Request.Query, cancellationToken))
            .ToResponse(context, top => ApiResults.List(top.Links, new Page(top.Limit, Offset: 0, top.Total)));

    /// <summary>Get a link's statistics</summary>
    /// <remarks>Covers all scans of the link unless a period is given.</remarks>
    internal static async Task<IResult> LinkAsync(
        HttpContext context, string id, AnalyticsOperations analytics, CancellationToken cancellationToken) =>
        (await analytics.GetLinkAsync(context.Caller(), id, context.Request.Query, cancellationToken)).ToResponse(context, ApiResults.Ok);

    /// <summary>Get a link's statistics by another path</summary>
    /// <remarks>Returns the same as <c>/api/v1/analytics/links/{id}</c>.</remarks>
    internal static Task<IResult> LinkStatsAsync(
        HttpContext context, string id, AnalyticsOperations analytics, CancellationToken cancellationToken) =>
        LinkAsync(context, id, analytics, cancellationToken);

    /// <summary>Returns the HTTP response, with the header that says how current it is.</summary>
    public static IResult ToResponse<T>(this OperationResult<QueryAnswer<T>> result, HttpContext context, Func<T, IResult> respond) =>
        result.ToResponse(answer =>
        {
            context.Response.Headers[DataThroughHeader] = Rfc3339.Format(answer.Through.Time);
            return respond(answer.Value);
        });

    private static void AnswersLinkStats(this RouteHandlerBuilder route) =>
        route.Takes<PeriodQuery>().Takes<ZoneQuery>().Takes<BotsQuery>().Answers<LinkStatsResponse>().MayFail(LinkErrors.NotFound());

    /// <summary>
    /// Gives a request time to erase deleted links, and prevents caching of responses: they are private, and the next scan changes them.
    /// </summary>
    private static ValueTask<object?> PrepareAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        invocation.HttpContext.Response.Headers.CacheControl = "private, no-store";
        invocation.HttpContext.Api().Deadline?.CancelAfter(QueryTimeout);
        return next(invocation);
    }
}
