using System.ComponentModel.DataAnnotations;
using XQr.Api.Pipeline;
using XQr.Api.Qr.Designs;
using XQr.Rendering;

namespace XQr.Api.Qr.Images;

/// <summary>The requested image.</summary>
/// <param name="Format">The image format; the default is SVG.</param>
/// <param name="Size">The pixels per module, 1 to 50; the default is 10.</param>
internal sealed record ImageQuery(QrFormat Format = QrFormat.Svg, [property: Range(1, QrRenderer.MaxModuleSize)] int Size = ImageQuery.DefaultSize)
{
    public const string FormatRule = "must be one of svg, png";

    private const int DefaultSize = 10;

    public static ImageQuery Read(IFields fields) =>
        new(fields.Choice<QrFormat>("format") ?? QrFormat.Svg, fields.Integer("size") ?? DefaultSize);
}

/// <summary>The appearance of the QR code of a link.</summary>
/// <param name="TemplateId">The id of the template with the design. The default is black on white.</param>
/// <param name="QuietZone">
/// The width of the empty border in modules; the default is the template's, or 1. ISO/IEC 18004 requires 4, which a code needs on any
/// background that is not light.
/// </param>
internal sealed record LinkImageQuery(string? TemplateId = null, [property: QuietZone] int? QuietZone = null)
{
    public static LinkImageQuery Read(IFields fields) => new(fields.Text("template_id"), fields.Integer("quiet_zone"));
}
