using System.Text.Json.Serialization;
using XQr.Api.Pipeline;
using XQr.Rendering;

namespace XQr.Api.Qr.Designs;

/// <summary>
/// A change of a design: absent properties stay unchanged, and null resets a property to its default. The logo is downloaded again only
/// if its URL changes.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record DesignChange(
    [property: Color] string? ForegroundColor = null,
    [property: Color] string? BackgroundColor = null,
    [property: ErrorCorrection] string? ErrorCorrection = null,
    [property: DotStyle] string? DotStyle = null,
    [property: CornerStyle] string? CornerStyle = null,
    [property: LogoUrl] string? LogoUrl = null,
    [property: LogoSize] double? LogoSize = null,
    [property: QuietZone] int? QuietZone = null)
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
            fields.IsNull("error_correction") ? standard.ErrorCorrection : fields.Text("error_correction"),
            fields.IsNull("dot_style") ? standard.DotStyle : fields.Text("dot_style"),
            fields.IsNull("corner_style") ? standard.CornerStyle : fields.Text("corner_style"),
            fields.Text("logo_url"),
            fields.IsNull("logo_size") ? standard.LogoSize : fields.Number("logo_size"),
            fields.IsNull("quiet_zone") ? standard.QuietZone : fields.Integer("quiet_zone"))
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

    /// <summary>Returns a colour as <c>#RRGGBB</c>.</summary>
    private static string? Color(IFields fields, string name) =>
        fields.Text(name) is { } text && Rgb.TryParse(text, out var color) ? color.ToString() : null;
}
