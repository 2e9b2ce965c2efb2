using Microsoft.AspNetCore.Http;
using XQr.Api.Analytics.Queries;
using XQr.Api.Analytics.Statistics;
using XQr.Api.Links;
using XQr.Api.Pipeline;
using XQr.Api.Primitives;
using XQr.Api.Storage;
using XQr.Api.Tenancy;

namespace XQr.Api.Analytics;

/// <summary>Answers queries about the scans of the caller's workspace.</summary>
internal sealed class AnalyticsOperations(
    StatisticsQueries statistics, LinkDirectoryStore links, CountedCommits<LinkUsage> usage, TimeProvider time)
{
    /// <summary>The number of days of a link's daily scans, and of the summary's active links.</summary>
    private const int RecentDays = 30;

    /// <summary>Summarises the workspace.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="query">The parameters of <see cref="PeriodQuery"/> and <see cref="BotsQuery"/>.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public async Task<OperationResult<QueryAnswer<SummaryResponse>>> GetSummaryAsync(
        Caller caller, IQueryCollection query, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var today = LocalCalendar.Utc.DayOf(time.GetUtcNow());
        var days = PeriodQuery.Read(query, today, PeriodQuery.Default, errors);
        var includeBots = BotsQuery.Read(query, errors);
        if (errors.Any)
        {
            return errors.ToError();
        }

        return await statistics.RunAsync(
            caller.WorkspaceId,
            includeBots,
            reader => new Summary(reader, usage).CreateAsync(days, DayRange.Ending(today, RecentDays), cancellationToken),
            cancellationToken);
    }

    /// <summary>Returns the scans of the last 30 days by day, and their totals compared with the 30 days before.</summary>
    public Task<QueryAnswer<ScanOverview>> GetOverviewAsync(Caller caller, CancellationToken cancellationToken)
    {
        var last = DayRange.Ending(LocalCalendar.Utc.DayOf(time.GetUtcNow()), RecentDays);
        return statistics.RunAsync(
            caller.WorkspaceId,
            includeBots: false,
            reader => ScanOverview.CreateAsync(reader, last, LocalCalendar.Utc.DayOf(caller.Workspace.CreatedAt), cancellationToken),
            cancellationToken);
    }

    /// <summary>Returns the scans over time, of the workspace or of a link.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="query">The parameters of <see cref="TimeseriesRequest"/>, <see cref="LinkQuery"/> and <see cref="BotsQuery"/>.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public async Task<OperationResult<QueryAnswer<TimeseriesResponse>>> GetTimeseriesAsync(
        Caller caller, IQueryCollection query, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var request = TimeseriesRequest.Read(query, time.GetUtcNow(), errors);
        var includeBots = BotsQuery.Read(query, errors);
        return errors.Any
            ? errors.ToError()
            : OrNotFound(await statistics.TryRunAsync(caller.WorkspaceId, query["link_id"], includeBots, CreateAsync, cancellationToken));

        async Task<TimeseriesResponse> CreateAsync(StatisticsReader reader)
        {
            var (interval, calendar) = (request.Interval, request.Calendar);
            var parts = Timeline.PartsFor(interval, calendar);
            var timeline = new Timeline(await reader.DaysAsync(calendar.UtcDaysOf(request.Days), parts, cancellationToken), calendar);
            return new(interval, [.. timeline.Points(interval, request.Days ?? timeline.DaysUpTo(request.Today))]);
        }
    }

    /// <summary>Returns the links with the most scans. Of links with equal scans, the newer one comes first.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="query">The parameters of <see cref="PeriodQuery"/>, <see cref="TopQuery"/> and <see cref="BotsQuery"/>.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public async Task<OperationResult<QueryAnswer<TopLinks>>> ListTopLinksAsync(
        Caller caller, IQueryCollection query, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var days = PeriodQuery.Read(query, LocalCalendar.Utc.DayOf(time.GetUtcNow()), PeriodQuery.Default, errors);
        var limit = TopQuery.Read(query, errors);
        var includeBots = BotsQuery.Read(query, errors);
        if (errors.Any)
        {
            return errors.ToError();
        }

        var counted = await statistics.RunAsync(
            caller.WorkspaceId, includeBots, reader => reader.LinksAsync(days, cancellationToken), cancellationToken);
        var totals = counted.Value;
        var top = totals
            .OrderByDescending(total => total.Value)
            .ThenBy(total => Ids.Descending(total.Key), StringComparer.Ordinal)
            .Take(limit)
            .ToArray();
        var shown = await links.FindAsync(caller.WorkspaceId, [.. top.Select(total => total.Key)], cancellationToken);
        return new QueryAnswer<TopLinks>(
            new(
                [.. from entry in top
                    join link in shown on entry.Key equals link.Id
                    select new TopLinkResponse(link.Id, link.ShortCode, link.Destination, entry.Value)],
                limit,
                totals.Count),
            counted.Through);
    }

    /// <summary>Returns the scans by the values of a dimension, of the workspace or of a link.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="dimension">The dimension.</param>
    /// <param name="query">The parameters of <see cref="PeriodQuery"/>, <see cref="LinkQuery"/> and <see cref="BotsQuery"/>.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public Task<OperationResult<QueryAnswer<ValueCount[]>>> CountAsync(
        Caller caller, Dimension dimension, IQueryCollection query, CancellationToken cancellationToken) => RunAsync(
        caller,
        query,
        async (reader, days) => (await reader.TotalsAsync(days, StatisticsParts.Counts, cancellationToken)).By(dimension),
        cancellationToken);

    /// <summary>Returns the scans by the current labels of their links. A scan counts for each label of its link.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="query">The parameters of <see cref="PeriodQuery"/>, <see cref="LinkQuery"/> and <see cref="BotsQuery"/>.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public Task<OperationResult<QueryAnswer<ValueCount[]>>> CountLabelsAsync(
        Caller caller, IQueryCollection query, CancellationToken cancellationToken) =>
        RunAsync(caller, query, (reader, days) => CountLabelsAsync(reader, days, cancellationToken), cancellationToken);

    /// <summary>Returns the statistics of a link.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="id">The id of the link.</param>
    /// <param name="query">The parameters of <see cref="PeriodQuery"/>, <see cref="ZoneQuery"/> and <see cref="BotsQuery"/>.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public async Task<OperationResult<QueryAnswer<LinkStatsResponse>>> GetLinkAsync(
        Caller caller, string id, IQueryCollection query, CancellationToken cancellationToken)
    {
        var report = await GetLinkReportAsync(caller, id, query, cancellationToken);
        return report.Succeeded
            ? new QueryAnswer<LinkStatsResponse>(LinkStatsResponse.From(report.Value.Value), report.Value.Through)
            : report.Error;
    }

    /// <summary>Returns a link with its statistics, for callers that need other dimensions too.</summary>
    /// <inheritdoc cref="GetLinkAsync"/>
    public async Task<OperationResult<QueryAnswer<LinkReport>>> GetLinkReportAsync(
        Caller caller, string id, IQueryCollection query, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var now = time.GetUtcNow();
        var days = PeriodQuery.Read(query, LocalCalendar.Utc.DayOf(now), PeriodQuery.All, errors);
        var calendar = ZoneQuery.Read(query, errors);
        var includeBots = BotsQuery.Read(query, errors);
        return errors.Any
            ? errors.ToError()
            : OrNotFound(await statistics.TryRunAsync(caller.WorkspaceId, id, includeBots, CreateAsync, cancellationToken));

        async Task<LinkReport> CreateAsync(StatisticsReader reader)
        {
            var recent = DayRange.Ending(calendar.DayOf(now), RecentDays);
            var reading = reader.TotalsAsync(days, StatisticsParts.Counts, cancellationToken);
            var recentDays = await reader.DaysAsync(calendar.UtcDaysOf(recent), Timeline.PartsFor(calendar), cancellationToken);
            return new(reader.Link!, await reading, [.. new Timeline(recentDays, calendar).Daily(recent)]);
        }
    }

    private async Task<ValueCount[]> CountLabelsAsync(StatisticsReader reader, DayRange? days, CancellationToken cancellationToken)
    {
        if (reader.Link is { } link)
        {
            var scans = (await reader.TotalsAsync(days, StatisticsParts.None, cancellationToken)).Scans;
            return ValueCount.Rank(link.Labels.Where(_ => scans > 0).Select(label => KeyValuePair.Create(label, scans)));
        }

        var labelled = links.LabelledAsync(reader.WorkspaceId, cancellationToken);
        var totals = await reader.LinksAsync(days, cancellationToken);
        return ValueCount.Rank(
            from entry in await labelled
            where totals.ContainsKey(entry.Id)
            from label in entry.Labels
            select KeyValuePair.Create(label, totals[entry.Id]));
    }

    private async Task<OperationResult<QueryAnswer<T>>> RunAsync<T>(
        Caller caller, IQueryCollection query, Func<StatisticsReader, DayRange?, Task<T>> run, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var days = PeriodQuery.Read(query, LocalCalendar.Utc.DayOf(time.GetUtcNow()), PeriodQuery.Default, errors);
        var includeBots = BotsQuery.Read(query, errors);
        return errors.Any
            ? errors.ToError()
            : OrNotFound(await statistics.TryRunAsync(
                caller.WorkspaceId, query["link_id"], includeBots, reader => run(reader, days), cancellationToken));
    }

    private static OperationResult<QueryAnswer<T>> OrNotFound<T>(QueryAnswer<T>? answer) => answer is null ? LinkErrors.NotFound() : answer;
}
