using System.ComponentModel.DataAnnotations;
using XQr.Api.Outbound;
using XQr.Rendering;

namespace XQr.Api.Qr.Designs;

/// <summary>The property is a colour.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ColorAttribute : RegularExpressionAttribute
{
    public ColorAttribute()
        : base("^#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$")
    {
        ErrorMessage = "must be a colour as #RGB or #RRGGBB";
    }
}

/// <summary>The property is a level of error correction.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ErrorCorrectionAttribute() : AllowedValuesAttribute("L", "M", "Q", "H");

/// <summary>The property is the shape of the dark modules.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class DotStyleAttribute() : AllowedValuesAttribute("square", "rounded", "dots", "classy");

/// <summary>The property is the shape of the finders.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class CornerStyleAttribute() : AllowedValuesAttribute("square", "rounded", "dot");

/// <summary>The property is the URL of a logo. <see cref="Logos.LogoSource"/> validates the rest of the rule.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class LogoUrlAttribute : StringLengthAttribute
{
    public const string Rule = "must be the public_url of an asset of the workspace, or an https URL of at most 2,048 characters, "
        + "without user name or password, on port 443";

    public LogoUrlAttribute()
        : base(OutboundUrls.MaxLength)
    {
        ErrorMessage = Rule;
    }
}

/// <summary>The property is the size of a logo.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class LogoSizeAttribute() : RangeAttribute(QrDesign.MinLogoSize, QrDesign.MaxLogoSize);

/// <summary>The property is the width of the empty border.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class QuietZoneAttribute() : RangeAttribute(0, QrDesign.MaxQuietZone);
