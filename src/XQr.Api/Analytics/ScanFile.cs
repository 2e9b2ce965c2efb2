using CsvHelper;
using Microsoft.AspNetCore.Http;
using XQr.Api.Analytics.Scans;
using XQr.Api.Primitives;

namespace XQr.Api.Analytics;

/// <summary>
/// Streams scans as CSV (RFC 4180), so that the use of memory does not depend on their number. If reading fails before the first scan, the
/// caller gets an error response. Later, the connection is closed, so that the caller does not take a part for the whole file.
/// </summary>
/// <param name="export">The scans. The last column is <c>is_bot</c> if they include those of bots.</param>
internal sealed class ScanFile(ScanExport export) : IResult
{
    /// <summary>The media type.</summary>
    public const string ContentType = "text/csv";

    private static readonly string[] Columns = ["timestamp", "link_id", "short_code", "country", "device", "browser", "os", "referrer"];

    /// <summary>Writes an apostrophe before cells that a spreadsheet would take for a formula, because visitors choose the referrer.</summary>
    private static readonly CsvWriterOptions Options = new() { Injection = CsvInjection.Escape, TrueValue = "true", FalseValue = "false" };

    /// <inheritdoc />
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var cancellationToken = httpContext.RequestAborted;
        await using var requested = export.Scans.Where(scan => export.ShortCodes.ContainsKey(scan.LinkId)).GetAsyncEnumerator(cancellationToken);
        var any = await requested.MoveNextAsync();

        var response = httpContext.Response;
        response.ContentType = $"{ContentType}; charset=utf-8";
        response.Headers.ContentDisposition = $"attachment; filename=\"scans-{export.Days.From:yyyy-MM-dd}-{export.Days.To:yyyy-MM-dd}.csv\"";
        if (HttpMethods.IsHead(httpContext.Request.Method))
        {
            return;
        }

        await using var csv = CsvWriter.Create(response.Body, Options, leaveOpen: true);
        await csv.WriteRecordAsync(export.IncludeBots ? [.. Columns, "is_bot"] : Columns, cancellationToken);
        for (; any; any = await requested.MoveNextAsync())
        {
            Write(csv, requested.Current);
            await csv.EndRecordAsync(cancellationToken);
        }
    }

    private void Write(CsvWriter csv, Scan scan)
    {
        csv.WriteField(scan.At.UtcDateTime, Rfc3339.TimeFormat);
        csv.WriteField(scan.LinkId, "D");
        csv.WriteField(export.ShortCodes[scan.LinkId]);
        csv.WriteField(scan.Country);
        csv.WriteField(scan.Device);
        csv.WriteField(scan.Browser);
        csv.WriteField(scan.Os);
        csv.WriteField(scan.Referrer);
        if (export.IncludeBots)
        {
            csv.WriteField(scan.IsBot);
        }
    }
}
