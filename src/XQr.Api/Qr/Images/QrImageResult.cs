using System.Globalization;
using System.Net.Mime;
using Microsoft.AspNetCore.Http;
using XQr.Api.Pipeline;
using XQr.Rendering;

namespace XQr.Api.Qr.Images;

/// <summary>The response with a QR code: 200, or 304 if the caller has it already.</summary>
internal sealed class QrImageResult(QrImage image) : IResult
{
    /// <summary>The header with the reduced size of a logo.</summary>
    public const string LogoSizeHeader = "X-Logo-Size";

    /// <summary>Gets whether the browser saves the image instead of showing it.</summary>
    public bool IsDownload { get; init; }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.BeginAnswer();
        var response = httpContext.Response;
        response.Headers.ETag = image.Tag.ToString();
        response.Headers.CacheControl = "private, max-age=300";
        if (image.Content is not { } content || IfNoneMatch.Of(httpContext.Request).Has(image.Tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        SetLogoSize(response, content.ReducedLogoSize);
        response.ContentType = image.Format == QrFormat.Png ? MediaTypeNames.Image.Png : MediaTypeNames.Image.Svg;
        response.ContentLength = content.Bytes.Length;
        var disposition = IsDownload ? "attachment" : "inline";
        response.Headers.ContentDisposition = $"{disposition}; filename=\"{image.Name}.{QrImage.Extension(image.Format)}\"";

        // A browser opens an SVG as a document: this one needs no scripts, styles or external resources.
        response.Headers.ContentSecurityPolicy = "default-src 'none'; img-src data:; sandbox";
        return response.Body.WriteAsync(content.Bytes, httpContext.RequestAborted).AsTask();
    }

    /// <summary>Sets the header with the size of a reduced logo.</summary>
    public static void SetLogoSize(HttpResponse response, double? reduced)
    {
        if (reduced is { } size)
        {
            response.Headers[LogoSizeHeader] = size.ToString(CultureInfo.InvariantCulture);
        }
    }
}
