using System.Net.Mime;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using XQr.Api.Pipeline;
using XQr.Rendering;

namespace XQr.Api.Qr.Images;

/// <summary>A rendered code as an answer: 200, or 304 where the caller has it already.</summary>
/// <param name="tag">Another for another image.</param>
/// <param name="image">The file; not needed by who has named the tag.</param>
/// <param name="format">What it is.</param>
/// <param name="name">What a browser saves it as, without the ending.</param>
internal sealed class QrImage(EntityTagHeaderValue tag, byte[] image, QrFormat format, string name) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.BeginAnswer();
        var response = httpContext.Response;
        response.Headers.ETag = tag.ToString();
        response.Headers.CacheControl = "private, max-age=300";
        if (Preconditions.HasCurrent(httpContext.Request, tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        response.ContentType = format == QrFormat.Png ? MediaTypeNames.Image.Png : MediaTypeNames.Image.Svg;
        response.ContentLength = image.Length;
        response.Headers.ContentDisposition = $"inline; filename=\"{name}.{Extension(format)}\"";

        // Opened by itself, an SVG is a document: this one has no need of scripts, styles or anything from elsewhere.
        response.Headers.ContentSecurityPolicy = "default-src 'none'; img-src data:; sandbox";
        return response.Body.WriteAsync(image, httpContext.RequestAborted).AsTask();
    }

    public static string Extension(QrFormat format) => format == QrFormat.Png ? "png" : "svg";
}
