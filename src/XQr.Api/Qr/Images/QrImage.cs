using System.Globalization;
using System.Net.Mime;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using XQr.Api.Pipeline;
using XQr.Rendering;

namespace XQr.Api.Qr.Images;

/// <summary>The response with a rendered code: 200, or 304 if the caller has it already.</summary>
/// <param name="tag">The entity tag of the image.</param>
/// <param name="image">The file; null if the caller sent the tag.</param>
/// <param name="format">The type of image.</param>
/// <param name="name">The file name for downloads, without extension.</param>
internal sealed class QrImage(EntityTagHeaderValue tag, QrOutcome.Image? image, QrFormat format, string name) : IResult
{
    /// <summary>The header with the reduced size of a logo.</summary>
    public const string LogoSizeHeader = "X-Logo-Size";

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.BeginAnswer();
        var response = httpContext.Response;
        response.Headers.ETag = tag.ToString();
        response.Headers.CacheControl = "private, max-age=300";
        if (image is null || Preconditions.HasCurrent(httpContext.Request, tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        TellLogoSize(response, image.ReducedLogoSize);
        response.ContentType = format == QrFormat.Png ? MediaTypeNames.Image.Png : MediaTypeNames.Image.Svg;
        response.ContentLength = image.Bytes.Length;
        response.Headers.ContentDisposition = $"inline; filename=\"{name}.{Extension(format)}\"";

        // A browser opens an SVG as a document: this one needs no scripts, styles or external resources.
        response.Headers.ContentSecurityPolicy = "default-src 'none'; img-src data:; sandbox";
        return response.Body.WriteAsync(image.Bytes, httpContext.RequestAborted).AsTask();
    }

    /// <summary>Sets the header with the size of a reduced logo.</summary>
    public static void TellLogoSize(HttpResponse response, double? reduced)
    {
        if (reduced is { } size)
        {
            response.Headers[LogoSizeHeader] = size.ToString(CultureInfo.InvariantCulture);
        }
    }

    public static string Extension(QrFormat format) => format == QrFormat.Png ? "png" : "svg";
}
