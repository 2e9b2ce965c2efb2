using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using XQr.Api.Outbound;
using XQr.Api.Pipeline;
using XQr.Rendering;
using XQr.Rendering.Logos;

namespace XQr.Api.Qr.Designs;

/// <summary>How a QR code looks, as the API shows it and as it is stored. What a request leaves out is as the defaults say.</summary>
/// <param name="ForegroundColor">The dark modules, as <c>#RGB</c> or <c>#RRGGBB</c>; answers have the latter. Darker than the background, with a contrast ratio of at least 3.</param>
/// <param name="BackgroundColor">The light modules and the quiet zone.</param>
/// <param name="ErrorCorrection">How much damage the code survives: about 7, 15, 25 or 30 %. A logo raises it to H.</param>
/// <param name="DotStyle">How the dark modules are drawn.</param>
/// <param name="CornerStyle">How the three finders in the corners are drawn.</param>
/// <param name="LogoUrl">
/// The picture in the middle: the <c>public_url</c> of an asset of the workspace, or an https URL on port 443, of a PNG, JPEG or SVG image
/// of at most 2 MiB. It is fetched once and kept.
/// </param>
/// <param name="LogoSize">The logo's longer side, as a share of the code's width.</param>
/// <param name="QuietZone">The empty border, in modules.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record Design(
    [property: Optional, RegularExpression(Design.ColorPattern)] string ForegroundColor = "#000000",
    [property: Optional, RegularExpression(Design.ColorPattern)] string BackgroundColor = "#FFFFFF",
    [property: Optional, AllowedValues("L", "M", "Q", "H")] string ErrorCorrection = "M",
    [property: Optional, AllowedValues("square", "rounded", "dots", "classy")] string DotStyle = "square",
    [property: Optional, AllowedValues("square", "rounded", "dot")] string CornerStyle = "square",
    [property: Optional, HttpUrl, StringLength(OutboundUrls.MaxLength)] string? LogoUrl = null,
    [property: Optional, Range(QrDesign.MinLogoSize, QrDesign.MaxLogoSize)] double LogoSize = 0.2,
    [property: Optional, Range(0, QrDesign.MaxQuietZone)] int QuietZone = 1)
{
    public const string ColorPattern = "^#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$";

    public static Design Default { get; } = new();

    /// <summary>What the renderer takes. The values have been read by <see cref="DesignChange"/>, or come from its enumerations' names.</summary>
    public QrDesign With(QrLogo? logo) => new()
    {
        Foreground = Color(ForegroundColor),
        Background = Color(BackgroundColor),
        ErrorCorrection = Enum.Parse<ErrorCorrection>(ErrorCorrection),
        DotStyle = Enum.Parse<DotStyle>(DotStyle, ignoreCase: true),
        CornerStyle = Enum.Parse<CornerStyle>(CornerStyle, ignoreCase: true),
        Logo = logo,
        LogoSize = LogoSize,
        QuietZone = QuietZone,
    };

    /// <summary>What is wrong with the colours, said of the foreground; null where the code scans.</summary>
    [JsonIgnore]
    public string? ContrastFault => Contrast.Fault(Color(ForegroundColor), Color(BackgroundColor));

    private static Rgb Color(string text) => Rgb.TryParse(text, out var color) ? color : throw new FormatException($"{text} is no colour.");
}
