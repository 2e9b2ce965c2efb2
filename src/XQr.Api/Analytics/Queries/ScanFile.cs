using CsvHelper;
using Microsoft.AspNetCore.Http;

namespace XQr.Api.Analytics.Queries;

/// <summary>
/// Scans as CSV (RFC 4180), written while they are read, so that memory doesn't grow with them. Where reading fails before the first
/// of them, the caller gets the error in the envelope; later the connection is broken off, so that no part looks like the whole.
/// </summary>
/// <param name="scans">The scans.</param>
/// <param name="codes">The short codes of the links whose scans are wanted.</param>
/// <param name="fileName">What to save the file as.</param>
/// <param name="tellBots">Whether a last column tells people and bots apart.</param>
internal sealed class ScanFile(
    IAsyncEnumerable<Scan> scans, IReadOnlyDictionary<Guid, string> codes, string fileName, bool tellBots) : IResult
{
    public const string ContentType = "text/csv";

    private static readonly string[] Columns = ["timestamp", "link_id", "short_code", "country", "device", "browser", "os", "referrer"];

    /// <summary>What a spreadsheet would take for a formula begins with an apostrophe: a visitor chooses the referrer.</summary>
    private static readonly CsvWriterOptions Options = new() { Injection = CsvInjection.Escape, TrueValue = "true", FalseValue = "false" };

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var cancellationToken = httpContext.RequestAborted;
        await using var wanted = scans.Where(scan => codes.ContainsKey(scan.LinkId)).GetAsyncEnumerator(cancellationToken);
        var any = await wanted.MoveNextAsync();

        var response = httpContext.Response;
        response.ContentType = $"{ContentType}; charset=utf-8";
        response.Headers.ContentDisposition = $"attachment; filename=\"{fileName}\"";
        if (HttpMethods.IsHead(httpContext.Request.Method))
        {
            return;
        }

        await using var csv = CsvWriter.Create(response.Body, Options, leaveOpen: true);
        await csv.WriteRecordAsync(tellBots ? [.. Columns, "is_bot"] : Columns, cancellationToken);
        for (; any; any = await wanted.MoveNextAsync())
        {
            Write(csv, wanted.Current);
            await csv.EndRecordAsync(cancellationToken);
        }
    }

    private void Write(CsvWriter csv, Scan scan)
    {
        csv.WriteField(scan.At.UtcDateTime, "yyyy-MM-ddTHH:mm:ssZ");
        csv.WriteField(scan.LinkId, "D");
        csv.WriteField(codes[scan.LinkId]);
        csv.WriteField(scan.Country);
        csv.WriteField(scan.Device);
        csv.WriteField(scan.Browser);
        csv.WriteField(scan.Os);
        csv.WriteField(scan.Referrer);
        if (tellBots)
        {
            csv.WriteField(scan.IsBot);
        }
    }
}
