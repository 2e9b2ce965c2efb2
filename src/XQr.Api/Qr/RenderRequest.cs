using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using XQr.Api.Outbound;
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
    [property: RegularExpression(Design.ColorPattern)] string? ForegroundColor = null,
    [property: RegularExpression(Design.ColorPattern)] string? BackgroundColor = null,
    [property: AllowedValues("L", "M", "Q", "H")] string? ErrorCorrection = null,
    [property: AllowedValues("square", "rounded", "dots", "classy")] string? DotStyle = null,
    [property: AllowedValues("square", "rounded", "dot")] string? CornerStyle = null,
    [property: StringLength(OutboundUrls.MaxLength)] string? LogoUrl = null,
    [property: Range(QrDesign.MinLogoSize, QrDesign.MaxLogoSize)] double? LogoSize = null,
    [property: Range(0, QrDesign.MaxQuietZone)] int? QuietZone = null) : PayloadQuery, IExample<RenderRequest>
{
    public static RenderRequest Example { get; } = new("png", 20) { Type = "wifi", Ssid = "Guests", Password = "two-coffees" };
}
