using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XQr.Api.Analytics.Aggregation;
using XQr.Api.Links;
using XQr.Api.Pipeline;
using XQr.Api.Workspaces;

namespace XQr.Api.Analytics.Queries;

internal static class ExportEndpoints
{
    /// <summary>
    /// How many scans a file of several days may be made from: about 100 MB of text, a tenth of it compressed. They are made in well under
    /// a minute, which leaves the rest of the time to a slow line. The scans of all links count, since all are read.
    /// </summary>
    internal const int MaxScans = 1_000_000;

    /// <summary>
    /// Less than the 230 seconds after which the platform's load balancer ends a request
    /// (https://learn.microsoft.com/azure/azure-functions/functions-scale#timeout). Each call to storage still fails by itself where
    /// storage is down.
    /// </summary>
    internal static readonly TimeSpan ExportTimeout = TimeSpan.FromSeconds(210);

    public static void MapExport(this RouteGroupBuilder analytics) =>
        analytics.MapGet("/export", ExportAsync).RequireFeature(PlanFeature.CsvExport).WithMetadata(new Compressed())
            .Takes<DatesQuery>().Takes<LinkQuery>().TakeQuery<BotsQuery>(new("from_date", DatesQuery.Fault))
            .AnswersFile("The scans, one on each line.", ScanFile.ContentType).MayFail(LinkErrors.NotFound());

    /// <summary>Export scans</summary>
    /// <remarks>
    /// Returns CSV ordered by hour: <c>timestamp, link_id, short_code, country, device, browser, os, referrer</c>, and with
    /// <c>include_bots</c> also <c>is_bot</c>. Scans are kept for a limited time, 90 days by default; statistics are kept. More than
    /// 1,000,000 scans of several days are rejected, and the error names the days to request first; a single day is never rejected. An
    /// incomplete file, for example after 210 seconds, ends with a broken connection.
    /// </remarks>
    internal static async Task<IResult> ExportAsync(
        HttpContext context, StatisticsReaderFactory statistics, LinkDirectoryStore links, ScanArchiveStore archive, TimeProvider time, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var query = context.Request.Query;
        var days = DatesQuery.Read(query, LocalCalendar.Utc.DayOf(time.GetUtcNow()), errors);
        var includeBots = BotsQuery.Read(query, errors);
        if (errors.Any)
        {
            return errors.ToError();
        }

        if (await statistics.OpenAsync(context, query["link_id"], includeBots, cancellationToken) is not { } reader)
        {
            return LinkErrors.NotFound();
        }

        context.Api().Deadline?.CancelAfter(ExportTimeout);
        var (from, to) = (LocalCalendar.Utc.StartOf(days.From), LocalCalendar.Utc.StartOf(days.To.AddDays(1)));
        if (days.Count > 1 && await archive.FindDayOfExcessAsync(reader.WorkspaceId, from, to, MaxScans, cancellationToken) is { } day)
        {
            return TooMany(days, day);
        }

        var codes = reader.Link is { } link
            ? new Dictionary<Guid, string> { [link.Id] = link.ShortCode }
            : (await links.AllAsync(reader.WorkspaceId, cancellationToken)).ToDictionary(entry => entry.Id, entry => entry.ShortCode);
        var scans = archive.ReadAsync(reader.WorkspaceId, from, to, includeBots, cancellationToken);
        return new ScanFile(scans, codes, $"scans-{days.From:yyyy-MM-dd}-{days.To:yyyy-MM-dd}.csv", includeBots);
    }

    /// <summary>Says which days fit into a file.</summary>
    private static ApiError TooMany(DayRange days, DateOnly dayOfExcess) => ApiErrors.InvalidField(
        "to_date",
        dayOfExcess > days.From
            ? $"must be {dayOfExcess.AddDays(-1):yyyy-MM-dd} or earlier for this from_date: a file of several days has at most 1,000,000 scans; export the other days afterwards"
            : "must be the same day as from_date: that day alone has more than 1,000,000 scans, and only files of a single day may have so many");
}
