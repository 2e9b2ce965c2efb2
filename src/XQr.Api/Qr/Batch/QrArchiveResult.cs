using System.Net.Mime;
using Microsoft.AspNetCore.Http;
using XQr.Api.Qr.Images;

namespace XQr.Api.Qr.Batch;

/// <summary>The response with an archive. An error closes the connection, so that clients see an incomplete response.</summary>
internal sealed class QrArchiveResult(QrArchive archive) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = MediaTypeNames.Application.Zip;
        response.Headers.ContentDisposition = "attachment; filename=\"qr-codes.zip\"";
        response.Headers.CacheControl = "private, no-store";
        QrImageResult.SetLogoSize(response, archive.ReducedLogoSize);
        return archive.WriteAsync(response.Body, httpContext.RequestAborted);
    }
}
