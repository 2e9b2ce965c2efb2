using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XQr.Api.Analytics.Queries;
using XQr.Api.Analytics.Statistics;
using XQr.Api.Links;
using XQr.Api.Pipeline;

namespace XQr.Api.Analytics;

/// <summary>Maps the endpoints that count scans by a property.</summary>
internal static class CountEndpoints
{
    /// <summary>Maps the endpoints.</summary>
    public static void MapCounts(this RouteGroupBuilder analytics)
    {
        analytics.MapGet("/geography", GeographyAsync).Counts<CountryCountResponse>();
        analytics.MapGet("/devices", DevicesAsync).Counts<DeviceCountResponse>();
        analytics.MapGet("/browsers", BrowsersAsync).Counts<BrowserCountResponse>();
        analytics.MapGet("/os", OsAsync).Counts<OsCountResponse>();
        analytics.MapGet("/referrers", ReferrersAsync).Counts<ReferrerCountResponse>();
        analytics.MapGet("/labels", LabelsAsync).Counts<LabelCountResponse>();
    }

    /// <summary>Get scans by country</summary>
    internal static Task<IResult> GeographyAsync(HttpContext context, AnalyticsOperations analytics, CancellationToken cancellationToken) =>
        CountAsync(context, analytics, Dimension.Country, (country, count) => new CountryCountResponse(country, count), cancellationToken);

    /// <summary>Get scans by device type</summary>
    internal static Task<IResult> DevicesAsync(HttpContext context, AnalyticsOperations analytics, CancellationToken cancellationToken) =>
        CountAsync(context, analytics, Dimension.Device, (device, count) => new DeviceCountResponse(device, count), cancellationToken);

    /// <summary>Get scans by browser</summary>
    internal static Task<IResult> BrowsersAsync(HttpContext context, AnalyticsOperations analytics, CancellationToken cancellationToken) =>
        CountAsync(context, analytics, Dimension.Browser, (browser, count) => new BrowserCountResponse(browser, count), cancellationToken);

    /// <summary>Get scans by operating system</summary>
    internal static Task<IResult> OsAsync(HttpContext context, AnalyticsOperations analytics, CancellationToken cancellationToken) =>
        CountAsync(context, analytics, Dimension.Os, (os, count) => new OsCountResponse(os, count), cancellationToken);

    /// <summary>Get scans by referrer</summary>
    internal static Task<IResult> ReferrersAsync(HttpContext context, AnalyticsOperations analytics, CancellationToken cancellationToken) =>
        CountAsync(context, analytics, Dimension.Referrer, (referrer, count) => new ReferrerCountResponse(referrer, count), cancellationToken);

    /// <summary>Get scans by label</summary>
    /// <remarks>Uses the current labels of the links. A scan counts for each label of its link.</remarks>
    internal static async Task<IResult> LabelsAsync(HttpContext context, AnalyticsOperations analytics, CancellationToken cancellationToken) =>
        ToResponse(
            context,
            await analytics.CountLabelsAsync(context.Caller(), context.Request.Query, cancellationToken),
            (label, count) => new LabelCountResponse(label, count));

    private static RouteHandlerBuilder Counts<T>(this RouteHandlerBuilder route)
        where T : IExample<T> =>
        route.Takes<PeriodQuery>().Takes<LinkQuery>().Takes<BotsQuery>().AnswersList<T>().MayFail(LinkErrors.NotFound());

    private static async Task<IResult> CountAsync<T>(
        HttpContext context,
        AnalyticsOperations analytics,
        Dimension dimension,
        Func<string, long, T> create,
        CancellationToken cancellationToken) =>
        ToResponse(context, await analytics.CountAsync(context.Caller(), dimension, context.Request.Query, cancellationToken), create);

    private static IResult ToResponse<T>(HttpContext context, OperationResult<QueryAnswer<ValueCount[]>> result, Func<string, long, T> create) =>
        result.ToResponse(context, counts => ApiResults.List<T>([.. counts.Select(entry => create(entry.Value, entry.Count))]));
}
