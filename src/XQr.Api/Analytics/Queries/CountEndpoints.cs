using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XQr.Api.Analytics.Statistics;
using XQr.Api.Links;
using XQr.Api.Pipeline;

namespace XQr.Api.Analytics.Queries;

/// <summary>Maps the endpoints that count scans by a property: the highest count first, equal counts in alphabetical order.</summary>
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
    internal static Task<IResult> GeographyAsync(HttpContext context, StatisticsReaderFactory statistics, TimeProvider time, CancellationToken cancellationToken) =>
        CountAsync(context, statistics, time, Dimension.Country, (country, count) => new CountryCountResponse(country, count), cancellationToken);

    /// <summary>Get scans by device type</summary>
    internal static Task<IResult> DevicesAsync(HttpContext context, StatisticsReaderFactory statistics, TimeProvider time, CancellationToken cancellationToken) =>
        CountAsync(context, statistics, time, Dimension.Device, (device, count) => new DeviceCountResponse(device, count), cancellationToken);

    /// <summary>Get scans by browser</summary>
    internal static Task<IResult> BrowsersAsync(HttpContext context, StatisticsReaderFactory statistics, TimeProvider time, CancellationToken cancellationToken) =>
        CountAsync(context, statistics, time, Dimension.Browser, (browser, count) => new BrowserCountResponse(browser, count), cancellationToken);

    /// <summary>Get scans by operating system</summary>
    internal static Task<IResult> OsAsync(HttpContext context, StatisticsReaderFactory statistics, TimeProvider time, CancellationToken cancellationToken) =>
        CountAsync(context, statistics, time, Dimension.Os, (os, count) => new OsCountResponse(os, count), cancellationToken);

    /// <summary>Get scans by referrer</summary>
    internal static Task<IResult> ReferrersAsync(HttpContext context, StatisticsReaderFactory statistics, TimeProvider time, CancellationToken cancellationToken) =>
        CountAsync(context, statistics, time, Dimension.Referrer, (referrer, count) => new ReferrerCountResponse(referrer, count), cancellationToken);

    /// <summary>Get scans by label</summary>
    /// <remarks>Uses the current labels of the links. A scan counts for each label of its link.</remarks>
    internal static async Task<IResult> LabelsAsync(
        HttpContext context,
        StatisticsReaderFactory statistics,
        LinkDirectoryStore links,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var (days, reader, refusal) = await OpenAsync(context, statistics, time, cancellationToken);
        if (reader is null)
        {
            return refusal!;
        }

        if (reader.Link is { } link)
        {
            var scans = (await reader.TotalsAsync(days, StatisticsParts.None, cancellationToken)).Scans;
            return ApiResults.List(Ranked(link.Labels.Where(_ => scans > 0).Select(label => KeyValuePair.Create(label, scans))));
        }

        var labelled = links.LabelledAsync(reader.WorkspaceId, cancellationToken);
        var totals = await reader.LinksAsync(days, cancellationToken);
        return ApiResults.List(Ranked(
            from entry in await labelled
            where totals.ContainsKey(entry.Id)
            from label in entry.Labels
            select KeyValuePair.Create(label, totals[entry.Id])));
    }

    private static RouteHandlerBuilder Counts<T>(this RouteHandlerBuilder route)
        where T : IExample<T> =>
        route.Takes<PeriodQuery>().Takes<LinkQuery>().Takes<BotsQuery>().AnswersList<T>().MayFail(LinkErrors.NotFound());

    private static IReadOnlyList<LabelCountResponse> Ranked(IEnumerable<KeyValuePair<string, long>> labels) =>
        StatisticsTotals.Ranked(labels, (label, count) => new LabelCountResponse(label, count));

    private static async Task<IResult> CountAsync<T>(
        HttpContext context,
        StatisticsReaderFactory statistics,
        TimeProvider time,
        Dimension dimension,
        Func<string, long, T> create,
        CancellationToken cancellationToken)
    {
        var (days, reader, refusal) = await OpenAsync(context, statistics, time, cancellationToken);
        return reader is null
            ? refusal!
            : ApiResults.List((await reader.TotalsAsync(days, StatisticsParts.Counts, cancellationToken)).By(dimension, create));
    }

    private static async Task<(DayRange? Days, StatisticsReader? Reader, ApiError? Refusal)> OpenAsync(
        HttpContext context, StatisticsReaderFactory statistics, TimeProvider time, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var query = context.Request.Query;
        var days = PeriodQuery.Read(query, LocalCalendar.Utc.DayOf(time.GetUtcNow()), PeriodQuery.Default, errors);
        var includeBots = BotsQuery.Read(query, errors);
        if (errors.Any)
        {
            return (days, null, errors.ToError());
        }

        var reader = await statistics.OpenAsync(context, query["link_id"], includeBots, cancellationToken);
        return (days, reader, reader is null ? LinkErrors.NotFound() : null);
    }
}
