using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XQr.Api.Analytics.Queries;
using XQr.Api.Links;
using XQr.Api.Pipeline;
using XQr.Api.Tenancy;

namespace XQr.Api.Analytics;

/// <summary>Maps the endpoint that exports scans.</summary>
internal static class ExportEndpoints
{
    /// <summary>
    /// The timeout of an export. It is less than the 230 seconds after which the platform's load balancer ends a request
    /// (https://learn.microsoft.com/azure/azure-functions/functions-scale#timeout). Calls to storage have their own timeout.
    /// </summary>
    internal static readonly TimeSpan ExportTimeout = TimeSpan.FromSeconds(210);

    /// <summary>Maps the endpoint.</summary>
    public static void MapExport(this RouteGroupBuilder analytics) =>
        analytics.MapGet("/export", ExportAsync).RequireFeature(PlanFeature.CsvExport).WithMetadata(new Compressed())
            .Takes<DatesQuery>().Takes<LinkQuery>().TakeQuery<BotsQuery>(new("from_date", DatesQuery.Rule))
            .AnswersFile("The scans, one on each line.", ScanFile.ContentType).MayFail(LinkErrors.NotFound());

    /// <summary>Export scans</summary>
    /// <remarks>
    /// Returns CSV ordered by hour: <c>timestamp, link_id, short_code, country, device, browser, os, referrer</c>, and with
    /// <c>include_bots</c> also <c>is_bot</c>. Scans are kept for a limited time, 90 days by default; statistics are kept. More than
    /// 1,000,000 scans of several days are rejected, and the error names the days to request first; a single day is never rejected. An
    /// incomplete file, for example after 210 seconds, ends with a broken connection.
    /// </remarks>
    internal static async Task<IResult> ExportAsync(HttpContext context, ExportOperations exports, CancellationToken cancellationToken)
    {
        context.Api().Deadline?.CancelAfter(ExportTimeout);
        return (await exports.ExportAsync(context.Caller(), context.Request.Query, cancellationToken))
            .ToResponse(context, export => new ScanFile(export));
    }
}
