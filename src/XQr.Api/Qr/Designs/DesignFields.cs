using XQr.Api.Pipeline;
using XQr.Rendering;

namespace XQr.Api.Qr.Designs;

/// <summary>Reads designs, from a body or a query, with defaults for what isn't there.</summary>
internal static class DesignFields
{
    /// <summary>Reads the fields of a design. Whether there is a logo at its URL is for <see cref="Logos"/> to see.</summary>
    public static Design Read(IFields fields)
    {
        var absent = Design.Default;
        var (foreground, background) = (Color(fields, "foreground_color"), Color(fields, "background_color"));
        if (Contrast.Fault(foreground ?? Rgb.Black, background ?? Rgb.White) is { } fault)
        {
            fields.Fault("foreground_color", fault);
        }

        return new(
            foreground?.ToString() ?? absent.ForegroundColor,
            background?.ToString() ?? absent.BackgroundColor,
            fields.Choice("error_correction", "L", "M", "Q", "H") ?? absent.ErrorCorrection,
            fields.Choice("dot_style", "square", "rounded", "dots", "classy") ?? absent.DotStyle,
            fields.Choice("corner_style", "square", "rounded", "dot") ?? absent.CornerStyle,
            fields.Text("logo_url"),
            fields.Number("logo_size", size => size is >= QrDesign.MinLogoSize and <= QrDesign.MaxLogoSize, "must be a number from 0.1 to 0.4") ?? absent.LogoSize,
            fields.Integer("quiet_zone", 0, QrDesign.MaxQuietZone) ?? absent.QuietZone);
    }

    private static Rgb? Color(IFields fields, string name)
    {
        if (fields.Text(name) is not { } text)
        {
            return null;
        }

        if (Rgb.TryParse(text, out var color))
        {
            return color;
        }

        fields.Fault(name, "must be a colour as #RGB or #RRGGBB");
        return null;
    }
}
