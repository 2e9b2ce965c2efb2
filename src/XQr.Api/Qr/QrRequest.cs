using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using XQr.Api.Pipeline;
using XQr.Rendering;

namespace XQr.Api.Qr;

/// <summary>What image is asked for.</summary>
/// <param name="Format">The kind of image; SVG where none is named.</param>
/// <param name="Size">Pixels a module, 1 to 50; 10 where none is named.</param>
/// <param name="TemplateId">The template that says how it looks; black on white where none is named.</param>
internal sealed record QrRequest(
    QrFormat Format = QrFormat.Svg, [property: Range(1, QrRenderer.MaxModuleSize)] int Size = QrRequest.DefaultSize, string? TemplateId = null)
{
    public const string FormatFault = "must be svg or png";

    private const int DefaultSize = 10;

    public static QrRequest Read(IQueryCollection query, FieldErrors errors) => new(
        ReadFormat(query, errors),
        Page.ReadNumber(query, "size", 1, QrRenderer.MaxModuleSize, DefaultSize, errors),
        query.TryGetValue("template_id", out var template) ? template.ToString() : null);

    private static QrFormat ReadFormat(IQueryCollection query, FieldErrors errors)
    {
        if (!query.TryGetValue("format", out var format))
        {
            return QrFormat.Svg;
        }

        switch (format.ToString())
        {
            case "svg":
                return QrFormat.Svg;
            case "png":
                return QrFormat.Png;
            default:
                errors.Add("format", FormatFault);
                return default;
        }
    }
}
