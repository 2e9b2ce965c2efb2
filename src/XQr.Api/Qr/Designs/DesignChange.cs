using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using XQr.Api.Outbound;
using XQr.Api.Pipeline;
using XQr.Rendering;

namespace XQr.Api.Qr.Designs;

/// <summary>
/// A change of a design: absent properties stay unchanged, and null resets a property to its default. The logo is downloaded again only
/// if its URL changes.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record DesignChange(
    [property: RegularExpression(Design.ColorPattern)] string? ForegroundColor = null,
    [property: RegularExpression(Design.ColorPattern)] string? BackgroundColor = null,
    [property: AllowedValues("L", "M", "Q", "H")] string? ErrorCorrection = null,
    [property: AllowedValues("square", "rounded", "dots", "classy")] string? DotStyle = null,
    [property: AllowedValues("square", "rounded", "dot")] string? CornerStyle = null,
    [property: StringLength(OutboundUrls.MaxLength)] string? LogoUrl = null,
    [property: Range(QrDesign.MinLogoSize, QrDesign.MaxLogoSize)] double? LogoSize = null,
    [property: Range(0, QrDesign.MaxQuietZone)] int? QuietZone = null)
{
    /// <summary>Gets whether the change removes the logo.</summary>
    internal bool RemovesLogo { get; private init; }

    /// <summary>
    /// Reads and validates each field of a design. <see cref="Design.ContrastError"/> checks the colours of the whole design, and
    /// <see cref="Logos"/> the logo at the URL.
    /// </summary>
    public static DesignChange Read(IFields fields)
    {
        var standard = Design.Default;
        return new(
            fields.IsNull("foreground_color") ? standard.ForegroundColor : Color(fields, "foreground_color"),
            fields.IsNull("background_color") ? standard.BackgroundColor : Color(fields, "background_color"),
            fields.IsNull("error_correction") ? standard.ErrorCorrection : fields.Choice("error_correction", "L", "M", "Q", "H"),
            fields.IsNull("dot_style") ? standard.DotStyle : fields.Choice("dot_style", "square", "rounded", "dots", "classy"),
            fields.IsNull("corner_style") ? standard.CornerStyle : fields.Choice("corner_style", "square", "rounded", "dot"),
            fields.Text("logo_url"),
            fields.IsNull("logo_size") ? standard.LogoSize : fields.Number("logo_size", IsLogoSize, "must be a number from 0.1 to 0.4"),
            fields.IsNull("quiet_zone") ? standard.QuietZone : fields.Integer("quiet_zone", 0, QrDesign.MaxQuietZone))
        {
            RemovesLogo = fields.IsNull("logo_url"),
        };
    }

    /// <summary>Returns the design after the change.</summary>
    public Design Apply(Design design) => design with
    {
        ForegroundColor = ForegroundColor ?? design.ForegroundColor,
        BackgroundColor = BackgroundColor ?? design.BackgroundColor,
        ErrorCorrection = ErrorCorrection ?? design.ErrorCorrection,
        DotStyle = DotStyle ?? design.DotStyle,
        CornerStyle = CornerStyle ?? design.CornerStyle,
        LogoUrl = RemovesLogo ? null : LogoUrl ?? design.LogoUrl,
        LogoSize = LogoSize ?? design.LogoSize,
        QuietZone = QuietZone ?? design.QuietZone,
    };

    private static bool IsLogoSize(double size) => size is >= QrDesign.MinLogoSize and <= QrDesign.MaxLogoSize;

    private static string? Color(IFields fields, string name)
    {
        if (fields.Text(name) is not { } text)
        {
            return null;
        }

        if (Rgb.TryParse(text, out var color))
        {
            return color.ToString();
        }

        fields.AddError(name, "must be a colour as #RGB or #RRGGBB");
        return null;
    }
}
