using System.Globalization;
using System.Net.Mime;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using XQr.Api.Pipeline;
using XQr.Rendering;

namespace XQr.Api.Qr.Images;

/// <summary>A rendered code as an answer: 200, or 304 where the caller has it already.</summary>
/// <param name="tag">Another for another image.</param>
/// <param name="image">The file; null where the caller has named the tag, and so needs none.</param>
/// <param name="format">What it is.</param>
/// <param name="name">What a browser saves it as, without the ending.</param>
internal sealed class QrImage(EntityTagHeaderValue tag, QrOutcome.Image? image, QrFormat format, string name) : IResult
{
    /// <summary>The size at which a logo is drawn that the code can't carry at its own.</summary>
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

        // Opened by itself, an SVG is a document: this one has no need of scripts, styles or anything from elsewhere.
        response.Headers.ContentSecurityPolicy = "default-src 'none'; img-src data:; sandbox";
        return response.Body.WriteAsync(image.Bytes, httpContext.RequestAborted).AsTask();
    }

    /// <summary>Tells the size at which a logo was drawn, where that is not its own.</summary>
    public static void TellLogoSize(HttpResponse response, double? reduced)
    {
        if (reduced is { } size)
        {
            response.Headers[LogoSizeHeader] = size.ToString(CultureInfo.InvariantCulture);
        }
    }

    public static string Extension(QrFormat format) => format == QrFormat.Png ? "png" : "svg";
}
