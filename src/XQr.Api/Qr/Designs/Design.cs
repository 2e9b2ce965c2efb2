using System.Text.Json.Serialization;
using XQr.Api.Pipeline;
using XQr.Rendering;
using XQr.Rendering.Logos;

namespace XQr.Api.Qr.Designs;

/// <summary>The design of a QR code. Absent properties of a request have their defaults.</summary>
/// <param name="ForegroundColor">
/// The colour of the dark modules, as <c>#RGB</c> or <c>#RRGGBB</c>; responses have <c>#RRGGBB</c>. It must be darker than the
/// background, with a contrast ratio of at least 3.
/// </param>
/// <param name="BackgroundColor">The colour of the light modules and the quiet zone.</param>
/// <param name="ErrorCorrection">
/// The level of error correction, which restores about 7, 15, 25 or 30 % of the code. A logo raises it to H.
/// </param>
/// <param name="DotStyle">The shape of the dark modules.</param>
/// <param name="CornerStyle">The shape of the three finders in the corners.</param>
/// <param name="LogoUrl">
/// The URL of the logo: the <c>public_url</c> of an asset of the workspace, or an https URL on port 443, of a PNG, JPEG or SVG image of
/// at most 2 MiB. The image is downloaded once and stored.
/// </param>
/// <param name="LogoSize">The longer side of the logo, as a share of the code's width.</param>
/// <param name="QuietZone">The width of the empty border, in modules.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record Design(
    [property: Optional, Color] string ForegroundColor = "#000000",
    [property: Optional, Color] string BackgroundColor = "#FFFFFF",
    [property: Optional, ErrorCorrection] string ErrorCorrection = "M",
    [property: Optional, DotStyle] string DotStyle = "square",
    [property: Optional, CornerStyle] string CornerStyle = "square",
    [property: Optional, HttpUrl, LogoUrl] string? LogoUrl = null,
    [property: Optional, LogoSize] double LogoSize = 0.2,
    [property: Optional, QuietZone] int QuietZone = 1)
{
    public static Design Default { get; } = new();

    /// <summary>Converts the design for the renderer. <see cref="DesignChange"/> has validated the values.</summary>
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

    /// <summary>Gets the error of the colours for the foreground field, or null if the contrast is sufficient.</summary>
    [JsonIgnore]
    public string? ContrastError => Contrast.Validate(Color(ForegroundColor), Color(BackgroundColor));

    private static Rgb Color(string text) => Rgb.TryParse(text, out var color) ? color : throw new FormatException($"{text} is no colour.");
}
