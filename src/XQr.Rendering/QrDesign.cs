using XQr.Rendering.Logos;

namespace XQr.Rendering;

/// <summary>Describes the design of a QR code. The defaults are those of the API.</summary>
/// <remarks>Equal designs render the same data to the same bytes.</remarks>
public sealed record QrDesign
{
    /// <summary>The maximum quiet zone, in modules.</summary>
    public const int MaxQuietZone = 16;

    /// <summary>The minimum <see cref="LogoSize"/>.</summary>
    public const double MinLogoSize = 0.1;

    /// <summary>The maximum <see cref="LogoSize"/>.</summary>
    public const double MaxLogoSize = 0.4;

    /// <summary>Gets the default design: black on white, correction level M, quiet zone 1.</summary>
    public static QrDesign Default { get; } = new();

    /// <summary>Gets the colour of the dark modules.</summary>
    /// <value>The default is <c>#000000</c>.</value>
    public Rgb Foreground { get; init; } = Rgb.Black;

    /// <summary>Gets the colour of the light modules and the quiet zone.</summary>
    /// <value>The default is <c>#FFFFFF</c>.</value>
    public Rgb Background { get; init; } = Rgb.White;

    /// <summary>Gets the error correction level.</summary>
    /// <value>The default is <see cref="ErrorCorrection.M"/>.</value>
    public ErrorCorrection ErrorCorrection { get; init; } = ErrorCorrection.M;

    /// <summary>Gets the width of the empty border, in modules, 0 to <see cref="MaxQuietZone"/>.</summary>
    /// <value>The default is 1. ISO/IEC 18004, 9.1 requires 4, which the margin of a page often provides.</value>
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

    /// <summary>Gets the shape of the dark modules.</summary>
    /// <value>The default is <see cref="DotStyle.Square"/>.</value>
    public DotStyle DotStyle { get; init; }

    /// <summary>Gets the shape of the three finders.</summary>
    /// <value>The default is <see cref="CornerStyle.Square"/>.</value>
    public CornerStyle CornerStyle { get; init; }

    /// <summary>Gets the logo in the centre, which raises the correction level to <see cref="ErrorCorrection.H"/>.</summary>
    /// <value>The default is null, for no logo.</value>
    public QrLogo? Logo { get; init; }

    /// <summary>
    /// Gets the logo's longer side as a share of the code's width without its quiet zone, <see cref="MinLogoSize"/> to
    /// <see cref="MaxLogoSize"/>.
    /// </summary>
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

    /// <summary>Gets the correction level of the code.</summary>
    internal ErrorCorrection Level => Logo is null ? ErrorCorrection : ErrorCorrection.H;
}
