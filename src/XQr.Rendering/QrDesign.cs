using XQr.Rendering.Logos;

namespace XQr.Rendering;

/// <summary>How a QR code looks. The defaults are the API's.</summary>
/// <remarks>Two designs that are equal render the same data to the same bytes.</remarks>
public sealed record QrDesign
{
    /// <summary>The widest quiet zone, in modules.</summary>
    public const int MaxQuietZone = 16;

    /// <summary>The least <see cref="LogoSize"/>.</summary>
    public const double MinLogoSize = 0.1;

    /// <summary>The greatest <see cref="LogoSize"/>.</summary>
    public const double MaxLogoSize = 0.4;

    /// <summary>Black on white, correction level M, quiet zone 1.</summary>
    public static QrDesign Default { get; } = new();

    /// <summary>The dark modules' colour.</summary>
    /// <value>The default is <c>#000000</c>.</value>
    public Rgb Foreground { get; init; } = Rgb.Black;

    /// <summary>The colour of the light modules and the quiet zone.</summary>
    /// <value>The default is <c>#FFFFFF</c>.</value>
    public Rgb Background { get; init; } = Rgb.White;

    /// <summary>How much damage the code survives.</summary>
    /// <value>The default is <see cref="ErrorCorrection.M"/>.</value>
    public ErrorCorrection ErrorCorrection { get; init; } = ErrorCorrection.M;

    /// <summary>The width of the empty border, in modules, 0 to <see cref="MaxQuietZone"/>.</summary>
    /// <value>The default is 1. ISO/IEC 18004, 9.1 asks for 4, which a page's own margin often gives.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public int QuietZone
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MaxQuietZone);
            field = value;
        }
    } = 1;

    /// <summary>How the dark modules are drawn.</summary>
    /// <value>The default is <see cref="DotStyle.Square"/>.</value>
    public DotStyle DotStyle { get; init; }

    /// <summary>How the three finders are drawn.</summary>
    /// <value>The default is <see cref="CornerStyle.Square"/>.</value>
    public CornerStyle CornerStyle { get; init; }

    /// <summary>The picture in the middle, which raises the correction level to <see cref="ErrorCorrection.H"/>.</summary>
    /// <value>The default is null, none.</value>
    public QrLogo? Logo { get; init; }

    /// <summary>The logo's longer side as a share of the code's width without its quiet zone, <see cref="MinLogoSize"/> to <see cref="MaxLogoSize"/>.</summary>
    /// <value>The default is 0.2.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public double LogoSize
    {
        get;
        init
        {
            field = value is >= MinLogoSize and <= MaxLogoSize ? value : throw new ArgumentOutOfRangeException(nameof(value), value, null);
        }
    } = 0.2;

    /// <summary>The correction level that the code is made with.</summary>
    internal ErrorCorrection Level => Logo is null ? ErrorCorrection : ErrorCorrection.H;
}
