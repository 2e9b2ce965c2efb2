using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XQr.Api.Analytics.Aggregation;
using XQr.Api.Links;
using XQr.Api.Pipeline;
using XQr.Api.Tenancy;

namespace XQr.Api.Analytics.Queries;

/// <summary>Maps the endpoint that exports scans.</summary>
internal static class ExportEndpoints
{
    /// <summary>
    /// The maximum number of scans for a file of several days: about 100 MB of text, or a tenth of it compressed. Creating the file takes well
    /// under a minute, which leaves time for slow connections. The scans of all links count, because all are read.
    /// </summary>
    internal const int MaxScans = 1_000_000;

    /// <summary>
    /// The timeout of an export. It is less than the 230 seconds after which the platform's load balancer ends a request
    /// (https://learn.microsoft.com/azure/azure-functions/functions-scale#timeout). Calls to storage have their own timeout.
    /// </summary>
    internal static readonly TimeSpan ExportTimeout = TimeSpan.FromSeconds(210);

    /// <summary>Maps the endpoint.</summary>
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
        HttpContext context,
        StatisticsReaderFactory statistics,
        LinkDirectoryStore links,
        ScanArchiveStore archive,
        TimeProvider time,
        CancellationToken cancellationToken)
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

    /// <summary>Creates the error that names the days that fit in a file.</summary>
    private static ApiError TooMany(DayRange days, DateOnly dayOfExcess) => ApiErrors.InvalidField(
        "to_date",
        dayOfExcess > days.From
            ? $"must be {dayOfExcess.AddDays(-1):yyyy-MM-dd} or earlier for this from_date: a file of several days has at most 1,000,000 scans; "
                + "export the other days afterwards"
            : "must be the same day as from_date: that day alone has more than 1,000,000 scans, and only files of a single day may have so many");
}
