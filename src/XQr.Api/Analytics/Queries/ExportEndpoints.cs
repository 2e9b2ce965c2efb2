using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XQr.Api.Analytics.Folding;
using XQr.Api.Links;
using XQr.Api.Pipeline;
using XQr.Api.Workspaces;

namespace XQr.Api.Analytics.Queries;

internal static class ExportEndpoints
{
    /// <summary>For a large file and a slow line. Each call to storage still fails by itself where storage is down.</summary>
    private static readonly TimeSpan TimeForFile = TimeSpan.FromMinutes(30);

    public static void MapExport(this RouteGroupBuilder analytics) =>
        analytics.MapGet("/export", ExportAsync).RequireFeature(PlanFeature.CsvExport).WithMetadata(new Compressed())
            .Takes<DatesQuery>().Takes<LinkQuery>().TakeQuery<BotsQuery>(new("from_date", DatesQuery.Fault))
            .AnswersFile("The scans, a line each.", ScanFile.ContentType).MayFail(LinkErrors.NotFound());

    /// <summary>Export scans</summary>
    /// <remarks>
    /// As CSV, hour by hour: <c>timestamp, link_id, short_code, country, device, browser, os, referrer</c>, and with
    /// <c>include_bots</c> also <c>is_bot</c>. Scans are kept for some months, by default 90 days; figures stay.
    /// </remarks>
    internal static async Task<IResult> ExportAsync(
        HttpContext context, FigureReaders readers, LinkDirectoryStore links, ScanArchiveStore archive, TimeProvider time, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var query = context.Request.Query;
        var days = DatesQuery.Read(query, LocalCalendar.Utc.DayOf(time.GetUtcNow()), errors);
        var includeBots = BotsQuery.Read(query, errors);
        if (errors.Any)
        {
            return errors.ToError();
        }

        if (await readers.OpenAsync(context, query["link_id"], includeBots, cancellationToken) is not { } reader)
        {
            return LinkErrors.NotFound();
        }

        context.Api().Deadline?.CancelAfter(TimeForFile);
        var codes = reader.Link is { } link
            ? new Dictionary<Guid, string> { [link.Id] = link.ShortCode }
            : (await links.AllAsync(reader.WorkspaceId, cancellationToken)).ToDictionary(entry => entry.Id, entry => entry.ShortCode);
        var scans = archive.ReadAsync(
            reader.WorkspaceId, LocalCalendar.Utc.StartOf(days.From), LocalCalendar.Utc.StartOf(days.To.AddDays(1)), includeBots, cancellationToken);
        return new ScanFile(scans, codes, $"scans-{days.From:yyyy-MM-dd}-{days.To:yyyy-MM-dd}.csv", includeBots);
    }
}
