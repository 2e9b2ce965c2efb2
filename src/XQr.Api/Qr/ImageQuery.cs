using System.ComponentModel.DataAnnotations;
using XQr.Api.Pipeline;
using XQr.Rendering;

namespace XQr.Api.Qr;

/// <summary>What image is asked for.</summary>
/// <param name="Format">The kind of image; SVG where none is named.</param>
/// <param name="Size">Pixels a module, 1 to 50; 10 where none is named.</param>
internal sealed record ImageQuery(QrFormat Format = QrFormat.Svg, [property: Range(1, QrRenderer.MaxModuleSize)] int Size = ImageQuery.DefaultSize)
{
    public const string FormatFault = "must be one of svg, png";

    private const int DefaultSize = 10;

    public static ImageQuery Read(IFields fields) => new(
        fields.Choice("format", "svg", "png") == "png" ? QrFormat.Png : QrFormat.Svg,
        fields.Integer("size", 1, QrRenderer.MaxModuleSize) ?? DefaultSize);
}

/// <summary>What template is asked for.</summary>
/// <param name="TemplateId">The template that says how the code looks; black on white where none is named.</param>
internal sealed record TemplateQuery(string? TemplateId = null);
