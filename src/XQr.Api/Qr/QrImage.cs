using System.Net.Mime;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using XQr.Api.Pipeline;
using XQr.Rendering;

namespace XQr.Api.Qr;

/// <summary>A rendered code as an answer: 200, or 304 where the caller has it already.</summary>
internal sealed class QrImage(byte[] image, QrFormat format, string fileName) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        var etag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(image).AsSpan(0, 16))}\"");
        response.Headers.ETag = etag.ToString();
        response.Headers.CacheControl = "private, max-age=300";
        if (Preconditions.HasCurrent(httpContext.Request, etag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        var (type, extension) = format == QrFormat.Png ? (MediaTypeNames.Image.Png, "png") : (MediaTypeNames.Image.Svg, "svg");
        response.ContentType = type;
        response.ContentLength = image.Length;
        response.Headers.ContentDisposition = $"inline; filename=\"{fileName}.{extension}\"";

        // Opened by itself, an SVG is a document: this one has no need of scripts, styles or anything from elsewhere.
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        return response.Body.WriteAsync(image, httpContext.RequestAborted).AsTask();
    }
}
