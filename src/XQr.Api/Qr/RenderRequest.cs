using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using XQr.Api.Pipeline;
using XQr.Api.Qr.Designs;
using XQr.Api.Qr.Payloads;
using XQr.Rendering;

namespace XQr.Api.Qr;

/// <summary>
/// Request to render a text. Each property matches the GET parameter of the same name; a template excludes the fields of a design.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record RenderRequest(
    [property: AllowedValues("svg", "png")] string? Format = null,
    [property: Range(1, QrRenderer.MaxModuleSize)] int? Size = null,
    [property: Color] string? ForegroundColor = null,
    [property: Color] string? BackgroundColor = null,
    [property: ErrorCorrection] string? ErrorCorrection = null,
    [property: DotStyle] string? DotStyle = null,
    [property: CornerStyle] string? CornerStyle = null,
    [property: LogoUrl] string? LogoUrl = null,
    [property: LogoSize] double? LogoSize = null,
    [property: QuietZone] int? QuietZone = null) : PayloadQuery, IExample<RenderRequest>
{
    public static RenderRequest Example { get; } = new("png", 20) { Type = "wifi", Ssid = "Guests", Password = "two-coffees" };
}
