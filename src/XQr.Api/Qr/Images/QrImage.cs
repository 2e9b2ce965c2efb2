using Microsoft.Net.Http.Headers;
using XQr.Rendering;

namespace XQr.Api.Qr.Images;

/// <summary>The rendered image of a QR code.</summary>
/// <param name="Tag">The entity tag of the image.</param>
/// <param name="Content">The file; null if the caller has it already.</param>
/// <param name="Format">The image format.</param>
/// <param name="Name">The file name for downloads, without extension.</param>
internal readonly record struct QrImage(EntityTagHeaderValue Tag, QrOutcome.Image? Content, QrFormat Format, string Name)
{
    public static string Extension(QrFormat format) => format == QrFormat.Png ? "png" : "svg";
}
